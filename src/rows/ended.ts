import { literal } from './sql.ts'

const BROKE_DOWN =
  'time[ _-]?d?[ _-]?out|timed[ _-]?out|errors?|errored|exceptions?|crash(?:ed|es)?|oom|out[ _-]of[ _-]memory|killed|cancel[a-z]*|abort[a-z]*|rate[ _-]?limit[a-z]*|unavailable'
const FAILED = 'fail(?:ed|ures?|s)?|limits?|max[ _-]?(?:turns|steps|tokens)|invalid'
const ANY = `(?:${BROKE_DOWN}|${FAILED})`

/** `no error`, `0 errors`, `without a timeout`, `errors: 0`, `error-free`, `within limits`, `fail_to_pass`: none of these is a bad end. */
const DENIED = [
  `(?:^|[^a-z0-9])(?:no|not|0|zero|none|without|never|non|nil|free of)(?:[ _-]+(?:an|a|any|in|of|been|has|have|on|the))*[ _-]*${ANY}`,
  `${ANY}[ _]*(?:count)?[ _]*[:=][ _]*(?:0|none|no|false|null|nil|n/a|-)?(?:$|[^a-z0-9])`,
  `${ANY}[ _-]free`,
  'within[ _](?:the[ _])?limits?|un?limited|fail[ _-]to[ _-]pass',
].join('|')

/** SQL for the end of a trial as text, without the words that deny a bad one. */
function undenied(text: string): string {
  return `regexp_replace(lower(coalesce(trim(cast(${text} as varchar)), '')), ${literal(DENIED)}, '', 'g')`
}

/** SQL for: whatever ran the trial broke down, or stopped it: an error, a crash, a time limit. */
export function brokeDown(text: string): string {
  return `regexp_matches(${undenied(text)}, ${literal(BROKE_DOWN)})`
}

/** SQL for: the trial ended in a way that does not go with success. */
export function endedBadly(text: string): string {
  return `regexp_matches(${undenied(text)}, ${literal(ANY)})`
}
