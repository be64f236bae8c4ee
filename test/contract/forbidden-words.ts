/**
 * Words of our own idiom where the field, or plain English, has a common one. No user is to read them.
 * What to write in place of each: docs/concepts.md, and for the common ones: told → said, given; stands, lies → is;
 * is no X → is not an X; reads true → passes; mend → fix; anew → again; behind → after; beside → with, next to;
 * whoever → if you, anyone who; nobody → no one; mind that → note.
 */
export const FORBIDDEN: RegExp =
  /\b(?:told|stands?|lies|(?<!there )is no (?!longer\b|more\b)(?=[a-z])|reads? true|c[ao]mes? true|misread|known to read|planted|control readings?|amiss|purse|bites?|biting|sings?|mouth|mend(?:s|ed|ing)?|anew|behind|beside|whoever|nobody|for want of|shall|mind that|mind:|wordings|ordinary requests?|the instruments?|price ceiling|design hash|rows of others|standardly|toys?|witness|participants?|round (?:the|it|its|an?|that|them|what)|who knows the)\b/gi

/** Texts that may hold them: a part of the source, the words, and why. */
interface Exception {
  readonly where: RegExp
  readonly words: RegExp
  readonly why: string
}

const ANY = /./

export const EXCEPTIONS: readonly Exception[] = [
  {
    where: /^src\/tasks\/(?:inbox|workspace)\//,
    words: ANY,
    why: 'letters, files and orders that the agent works on: part of the experiment and of the plan hash',
  },
  {
    where: /^src\/world\/(?:inbox|vending|workspace)\//,
    words: ANY,
    why: 'what the world says to the agent: part of the experiment and of the plan hash',
  },
  { where: /^src\/agent\/compaction\/texts\.ts/, words: ANY, why: 'requests to the model: part of the plan hash' },
  {
    where: /^src\/studies\/work\/scaffold\.ts/,
    words: /^nobody$/i,
    why: 'rules that the agent gets: part of the plan hash',
  },
  {
    where: /^src\/attack\/(?:behaviours\/|templates\.ts|attackers\/(?:staged|multi-turn)\.ts)/,
    words: ANY,
    why: 'what targets, attackers and judges are asked: part of the plan hash',
  },
  { where: /^src\/studies\/layers\/stack\.ts/, words: /^planted$/, why: 'a reason that journals of controls hold' },
  { where: /^docs\/architecture\.md/, words: /^planted$/, why: 'the name of a function' },
  { where: /^src\/cli\/brief\/options\.ts/, words: /^anew$/, why: 'a flag of before, which is still accepted' },
  { where: /^src\/attack\/rows\.ts/, words: /^planted$/, why: 'a mark in the text that a control answers with' },
  { where: /^src\/inside\/concepts\//, words: ANY, why: 'sentences from which a direction is learned' },
  { where: /^src\/studies\/steering\/texts\.ts/, words: ANY, why: 'sentences that a model continues' },
  {
    where: /^src\/inside\/planted\.ts/,
    words: /^planted$/,
    why: 'the seeds of random directions: another word draws other directions',
  },
  { where: /^src\/grade\/(?:replies|checks)\//, words: ANY, why: 'patterns that find words in the replies of models' },
  {
    where: /^src\/brief\/draft\/(?:stance|desk|place|salience)\.ts/,
    words: ANY,
    why: 'words of speakers, and requests to a model',
  },
  {
    where: /^src\/record\/(?:aliases|descriptions)\.ts/,
    words: ANY,
    why: 'the names and descriptions of before, which are read and written nowhere',
  },
  {
    where: /^docs\/(?:decisions\/|worlds\/workspace-tasks\.md)/,
    words: ANY,
    why: 'decisions keep the words of their day; the page of tasks prints what agents are asked',
  },
]

/** The forbidden words of a text at a place that no exception allows. */
export function forbiddenIn(at: string, text: string): readonly string[] {
  const allowed = EXCEPTIONS.filter(({ where }) => where.test(at))
  return (text.match(FORBIDDEN) ?? []).filter((word) => !allowed.some(({ words }) => words.test(word)))
}
