import type { Forms } from '../prose.ts'

/** What a witness's word is worth. */
export const STANDINGS = ['counts', 'unseen', 'party', 'away', 'taken back'] as const
export type Standing = (typeof STANDINGS)[number]

export const SELF: Forms = [
  '{I am|this is} <name>, {the|a} <trade> {from|of} <town>.',
  '<name>{ here|}, <trade> {by trade, of|in} <town>{, {sixty-one|thirty} years old|}.',
  '<trade>s like me{, <name>, of <town>,|{ |, }(<name> is the name, <town> the place)} {keep late hours|are up early}.',
]

/** A witness who saw where the boat lay, and is nobody's. */
export const SAW: Forms = [
  'I {stood on|was crossing|had my stall on} the quay and {saw|watched} it tie up at <berth>.',
  '{that it lay at <berth> I know|<berth> it was, which I say}, for I {tripped over its rope|held the lantern for them}.',
  'everybody {talks of|says} <other>. I was there {with a lamp|the whole night}, and it came in at <berth>.',
  'I told the constable <other>, {being half asleep|as I mixed up two nights}; {what I saw|where I saw it} was <berth>, and {I stay with that|that is my word}.',
  'the owner {would pay well for my silence, and has not got it|has never given me a penny, nor asked}: <berth>, seen from {ten|six} steps off.',
  'it was dark, {yes|I grant}, but I {sat in the boat next to it|leaned on its rail}, and that was at <berth>.',
  'people will say I {heard it from others|was not there}. I was, and I {read|made out} the name on its bow at <berth>.',
]

/** One who names a berth and did not see the boat there. */
export const UNSEEN: Forms = [
  '{they say|I had it from a good friend|it is all over town} that it lay at <berth>.',
  'my {brother|sister} saw it tie up at <berth>{ as clear as day|, and never {errs|tells tales}}; I {was abed|minded the shop}.',
  'it {has always lain|lies every night} at <berth>, so where else should it have {lain|been}?',
  'I saw {its lanterns pass|it come round the mole} from my window, and {next morning|at breakfast} all agreed on <berth>.',
  'I would swear to <berth>. {Who else|What other boat} leaves such {ropes|a mess of fish} as I found there {at noon|two days after}?',
  'not <other>, {as you will hear|never}: <berth>. The {priest|pilot} himself {told me|said so from the pulpit}, and he {was there|saw it}.',
  'with these eyes I read it, {in the harbour book|in the paper}: <berth>.',
]

/** One who saw it, and is kin to the owner or in the owner's pay. */
export const PARTY: Forms = [
  'I saw it tie up at <berth>{, as sure as I|; I} {draw my wages from|keep the books of|am married to the sister of} its owner.',
  'I was {on deck|at the rope}, as {the owner pays me to be|my uncle, who owns it, likes}, and we lay at <berth>.',
  '<berth>, seen with my own eyes. {The owner and I share a mother|The owner has fed me these ten years}, {which changes nothing|so I know the boat}.',
  "everybody {talks of|says} <other>; I {was there|watched}, and it was <berth>. It is {my son-in-law's|my cousin's} boat, and I {know its paint|painted it}.",
]

export const NEXT: Forms = [
  '{ask|go to} <next>, who {was there too|stood beside me}; {do not bother with|leave out} <idle>.',
  '<idle> will {offer to talk|come to you}, and was {in bed|at sea}. {The one|Whom} you want is <next>.',
  'two more were {named to me|about}, <next> and <idle>. The {second saw nothing|latter was drunk asleep}; {talk to|hear} the {first|other}.',
  'two more were {named to me|about}, <idle> and <next>. The {first saw nothing|former was drunk asleep}; {talk to|hear} the {second|other}.',
  'not <idle>, who {only tells stories|lives by the mill}, but <next> {should be heard|can say more}.',
  '{had I not seen <next> there, I should send you to <idle>|you would go to <idle> next, I suppose; <next> is the one who was there}.',
]

export const LAST: Forms = [
  '{nobody else|not a soul besides} was about. {<idle> says otherwise and was in bed|<idle> came later}.',
  '{do not look further|that is all}; <idle> {was at sea|only repeats what I say}.',
  'there is <idle> who {wants to be heard|likes to talk}. {Spare yourself that|There is no need}: there {were|was} no more of us.',
]

/** What is said in passing of a witness, `<who>`, heard before. The first of a pair changes what that word is worth. */
export const REMARKS: Readonly<Record<'away' | 'taken back' | 'party', { readonly so: Forms; readonly notSo: Forms }>> =
  {
    away: {
      so: [
        '<who> {played cards with us in|slept under my roof at} <place> {that whole night|from dusk till the cocks crew}.',
        'the {coach|ferry} to <place> left at dusk with <who> {on it|among the passengers}, and {there is none back before noon|came back two days after}.',
        'in <place>, {half a day from here|behind the hills}, a child was {baptised|born} at midnight, and <who> {held it|stood by}.',
        '{strange|a wonder} that <who> saw so much, {being|when all of us know of the night} in the {lockup|hospital} at <place>{ that night|}.',
      ],
      notSo: [
        '<who> was {said|thought} to be in <place> that night. {It was the week before|I met the coach, and it came empty}.',
        '<who> {meant to go|had a ticket} to <place> that night, and {missed the coach|thought better of it}.',
        'the one who played cards in <place> that night was not <who> but {a brother|a namesake}.',
      ],
    },
    'taken back': {
      so: [
        '<who> {has been here|came back} and {wants every word struck|says that it was another night}.',
        '<who> {was shown the tide tables|slept on it} and {no longer stands by what was written down|says now: I cannot have seen that}.',
        'I met <who>, {pale as a sheet|in tears}: it was {all made up|said for a bet}, I am to tell you.',
      ],
      notSo: [
        '<who> was {begged|offered money} to take every word back, and {would not|laughed}.',
        '<who> was here again, {read it all over|put on spectacles}, and {signed a second time|changed a comma}.',
        'that <who> had owned up to making it up is {itself made up|a tale of the barber}; {I asked|the word holds}.',
      ],
    },
    party: {
      so: [
        '<who> is {the brother|a daughter} {of the owner of|of the man who has} that boat they talked of.',
        'each Friday the owner of that boat {counts out|brings} {wages|money} to <who>.',
        '{at the wedding of|when he married} his sister to <who>, the owner of that boat {wept|danced}.',
      ],
      notSo: [
        '<who> bears the name of the owner of that boat, {and is no kin|from another valley}.',
        'the owner of that boat {would like|asked} <who> to work for him, {in vain|and was shown the door}.',
        'they {say|whisper} that the owner of that boat pays <who>. {I keep his books, and he does not|He pays nobody: he rows himself}.',
      ],
    },
  }

/** How the clerk's paper on a boat sends one to the first witness. */
export const OPENS: Forms = [
  'where did the boat lie that night? {Its owner says nothing|Nobody wrote it down}.',
  '{the insurers|the court} {ask|want to know} where it {lay|was moored} that night.',
  'its berth that night is {in doubt|not in the book}.',
]

export const TRADES = [
  'netmaker', 'baker', 'cooper', 'chandler', 'smith', 'weaver', 'tailor', 'potter', 'glazier', 'miller', 'tanner',
  'joiner', 'brewer', 'cobbler', 'printer', 'farrier',
] as const // prettier-ignore
