import type { Forms } from '../prose.ts'

/** What a letter says of its own house, and beside which house it is. */
export const OWN: Forms = [
  '{I write to have|please let} <house> {be entered|go into the register}. It is <holder> who writes, and has it; it was built in <built>, on plot <plot>. <beside> is {next to us|our neighbour}, and one gate {serves|has to do for} both.',
  '<plot> is the plot, <house> the house{, of <built>,|, built in <built>,} {and <holder> (that is me) has it|which <holder> has}. We use the gate of <beside>, {wall to wall with us|which we lean on}.',
  '{in <built>|<built> it was when} my people built <house>, plot <plot>, {and|where} now I, <holder>, {have it|am master}. You {pass through|go in by} the gate of <beside>, {the house beside it|right beside}, for we have none.',
  'next to <beside>, and through the {same|very} gate, you come to <house>: plot <plot>, built in <built>, {in the hands of|kept by} <holder>.',
  'why has <house> no page? The plot <plot> is {no secret|known}, {nor that <holder> has it|as is that it belongs to <holder>}, nor the year, <built>, over its door. It is beside <beside>, whose gate {we share|is ours too}.',
  '<holder>{ here|, yours truly}, of <house>. {The stone says <built>, so that is when it was built|Built in <built>, as the beam says}. {The plot? <plot>|The plot is <plot>}. On the one side of us {a field, on the other|the river; on the other} <beside>, and its gate for us both.',
]

/** What a letter says of the gate of a house: its code is `<value>`. */
export const GATE: Forms = [
  'the gate of <about> {bears|is marked} <value>{, as anybody can see|}.',
  'at <about> the plate on the gate {was read wrong for years|is rusty}: {it says|scrape it and you read} <value>.',
  '<value> {is what they painted|was painted} on the gate of <about> {when it was hung|last year}; {the gate before that|an older one} had <other>.',
  '{whoever looks for <about> should try|if you want <about>, try} the gate <value>{, not the one called <other>, which is down the road|}.',
  '{our quarrel|there was a quarrel} with <about> over the gate {is settled|ended}: {they wished it|it was to be} <other>, and it {is|stays} <value>.',
]

/** Of who has a house: `<value>`. */
export const HOLDER: Forms = [
  '<value> has <about>{, and not <other>, who sold it|, as ever|}.',
  '<about>? {<other> built it|It was <other> who planted the trees}; it is <value> who {lives there|has it}.',
  '{when <other> died|when <other> went overseas}, <about> {went|fell} to <value>.',
  'the deed of <about> {names|is in the name of} <value>, whatever <other> {tells people|likes to sign}.',
  'good people at <about>, {<value> and all the children|I mean <value>}. <other>, {who only lodges with them|their cook}, {opens|answers} the door.',
  'of <other> and <value>, who both {claimed|wanted} <about>, the court {chose the second|heard the latter}.',
  'of <value> and <other>, who both {claimed|wanted} <about>, the court {chose the first|heard the former}.',
]

/** Of when a house was built: `<years>` years before or after the writer's own. */
export const BUILT: Readonly<Record<'before' | 'after' | 'same', Forms>> = {
  before: [
    '<about> is <years> years older than ours.',
    '<about> was built <years> years before {ours was|our house}.',
    'when they roofed ours, <about> had {stood|been there} <years> years {already|to the month}.',
  ],
  after: [
    '<about> is <years> years younger than ours.',
    '<about> was built <years> years after {ours was|our house}.',
    'ours had {stood|been there} <years> years {already|to the month} when they roofed <about>.',
  ],
  same: ['<about> {is as old as ours|was built in the year of ours}.'],
}

/** What sounds like news of a house and is none: hearsay, a question, a wish, an error owned up to. */
export const HOLLOW: Readonly<Record<'gate' | 'holder' | 'built', Forms>> = {
  gate: [
    'at the market they {say|swear} that the gate of <about> bears <other>. {I have not looked|I am no friend of markets}.',
    '{is it|can it be} <other> that {stands|is painted} on the gate of <about>? {One hears so|My boy says he dreamt it}.',
    '<other> would {suit|look well on} the gate of <about> {better|, we think}; {nobody asks us|they will not hear of it}.',
    'I {took|held} the gate of <about> for <other>, {until I put my glasses on|and was laughed at}.',
    '{should|if ever} the gate of <about> {be|is} changed to <other>, {you will hear from us|we shall write again}.',
  ],
  holder: [
    '<other> {calls on us|goes about} as the master of <about>. {Of that we know nothing|What do we know}.',
    'they say <other> is to {have|buy} <about>. {They said so last year too|Talk is cheap}.',
    '{has|does} <other> {<about> now|now have <about>}? {You would know|It would be news to us}.',
    'we had wished <about> for <other>, {a good soul|who is poor}; {it was not to be|the wish was vain}.',
    'I {wrote to you|used to think} that <other> has <about>. {I was thinking of another street|Pay no heed to that}.',
  ],
  built: [
    '<about> is {said|thought} to be <years> years older than ours. {By whom, I forget|We never saw a paper}.',
    '{could|might} <about> be <years> years younger than ours? {The beams look it|My uncle wonders}.',
    'the painter {guessed|bet} that <about> was built <years> years after ours, {being paid to be kind|and was in his cups}.',
    'I {wrote|told you}: <about> is <years> years older than ours. {I had the wrong house in mind|Strike that}.',
  ],
}

export const CHATTER: Forms = [
  '{the plums are|the weather is} good.',
  '{send the paper back|keep the stamp}, please.',
  'the {dog|goat} of <about> {got into our garden|is lame}.',
  'with {respect|kind regards}.',
]
