import type { Forms } from '../prose.ts'

/** How a circular begins, by who sends it. Each ends before a sentence. */
export const SENDERS: Readonly<Record<'head' | 'branch', Forms>> = {
  head: [
    '{the head office writes|we write this from the head office|word from the head office}:',
    '{our|the} board{, which is to say the head office,| at the head office} has {decided|settled} a thing.',
    '{from the head office, in haste|this comes from above, the head office|head office, second floor}.',
    'the head office {has heard the branches out and decides as follows|does not like to repeat itself}.',
  ],
  branch: [
    'the branch {at|in} <town> writes{:|, and the head office knows nothing of it:|:}',
    '{from|out of} our branch at <town>.',
    'we {at the <town> branch|of the branch in <town>} have {looked into it|talked it over}.',
    'this is only the branch at <town>, {but somebody must say it|which sees the goods every day}.',
  ],
}

/** Goods in general go to a shelf. Some forms name another one, which they do not mean. */
export const GENERAL: Forms = [
  '{from now on|from today|until you hear otherwise}, <kind> {goes on|belongs on|is to be put on} <shelf>.',
  '{put|stack|keep} {all|any} <kind> that comes in on <shelf>{, as the old place is full|, please|}.',
  '<kind> has lain {about|in the yard} long enough: <shelf> is its {place|home} now.',
  '{not|no longer} on <other>, {where|though} some {still look for it|would have it}, but on <shelf> is where <kind> {belongs|is kept}.',
  'whoever unloads <kind> will find {room|a label} for it on <shelf>, and {nowhere else|only there}.',
  'there was talk of <other> for <kind>. {It came to nothing|That was talk}; <shelf> is {what was agreed|right}.',
  '<shelf> {was swept last week and takes|has been cleared for|stands empty for} <kind>.',
  'on the question of <kind>, {which came up again|on which we had letters}: <other> was {asked for|proposed}, <shelf> was granted.',
  '<other> {is too low|is full} and <shelf> is not; {draw from that what follows for|so it is the second that gets} <kind>.',
]

/** The same for a special case: `<if>` follows `that` or `it`. */
export const SPECIAL: Forms = [
  '<kind> that <if> {goes on|belongs on|is to be put on} <shelf>{, whatever holds for the rest|}.',
  '{should it happen|if it turns out} that a crate of <kind> <if>, {then <shelf> it is|carry it to <shelf>|<shelf> with it}.',
  '{leave|let} <kind> be where it is kept, {except|save} where it <if>: such a crate {wants|gets} <shelf>.',
  'for <kind> nothing changes as a rule. {But a crate|A crate, though,} that <if> {has no business there and goes|is better off} on <shelf>.',
  'only what <if>, of all the <kind>, {is meant here|concerns us}: {that|it} is to be on <shelf>, and <other> is not to be used for it.',
  'we were asked whether <kind> goes on <shelf>. {No, unless it|Only if it} <if>.',
  '<shelf> is kept free for <kind> {of one sort|of a kind}: that which <if>.',
  '{think|be careful} with <kind>. One that <if> {spoils|troubles} the others, so <shelf> takes it, {and not <other>, as one of you did|as <other> does not}.',
]

/** An earlier circular, `<old>`, ends. */
export const ENDS: Forms = [
  '{strike|cross out|tear up} <old>{, which should never have gone out|, please|}.',
  '{act|go on} as if <old> had {never reached you|got lost in the post}.',
  'what <old> says of <kind> {holds no more|is void|no longer binds anybody}.',
  'there was {an error|a mistake} in <old>. {We take it back whole|It is withdrawn}; what was right before it {is right again|comes back}.',
  '<old> was {written in anger|a misunderstanding}, and {may be forgotten|nobody need keep to it}.',
  'of the circulars on <kind> {all hold but|every one stays except} <old>.',
]

/** Sentences that decide nothing; some sound as if an earlier circular, `<old>`, ended. */
export const IDLE: Forms = [
  '{some|two of you} asked whether <old> is still {good|in force}: {it is|yes}.',
  '<old> {will be looked at in spring|may be withdrawn one day}, {not before|and until then it holds}.',
  '{those who|whoever} would like <old> gone {must be patient|will not get their wish}.',
  'we {considered striking|were urged to strike} <old>, and {did not|left it alone}.',
]

export const CHATTER: Forms = [
  '{the stairs|the scales} {have been|were} mended.',
  'please {return|sign for} the {ladders|keys} {in the evening|at noon}.',
  '{the new lamps are dear, so put them out|we thank all who came on Sunday}.',
  'the {porter|carter} {is ill, so carry with care|has a new horse}.',
]

/** What goods a crate holds. */
export const GOODS: Forms = [
  'the crate <crate> {holds|is|has in it} <kind>;',
  '<kind> is {what we found in|in} the crate <crate>;',
  'in <crate> there is <kind>{, packed tight|, by the list|};',
  '<crate>{, the one with the rope,|, which is the longer,|} holds <kind>;',
  'that is not <other> in <crate>, though it looks it, but <kind>;',
]
