import type { InPlace } from './rules.ts'

/** What begins every request for a summary, so that a control recognizes one. */
export const SUMMARY_REQUEST = 'The turns above are about to be dropped from this conversation to make room.'

/** What begins every request to save notes. */
export const SAVE_REQUEST = 'Your context is nearly full.'

/** Words to a token, a round figure for English; people and models count words. */
const WORDS_PER_TOKEN = 0.75

/** @param tokens that the summary may take */
export function summaryRequest(tokens: number): string {
  const words = Math.max(10, Math.floor(WORDS_PER_TOKEN * tokens))
  return `${SUMMARY_REQUEST} Write what is needed to go on with the task without them: exact names, numbers, rules and other facts, what is done, what is left to do. Use at most ${words} words. Call no tool; answer with the summary alone.`
}

export function saveRequest(tool: string): string {
  return `${SAVE_REQUEST} After your next reply the oldest turns will be dropped, and your notes will stand in their place. Save with ${tool} now whatever you still need: exact names, numbers, rules and other facts, what is done, what is left to do. Then go on with the task.`
}

/** What stands in place of dropped turns. Nothing that a model or a tool wrote can end it early. */
export function replacement({ is, lacking }: InPlace, messages: number, text: string): string {
  const dropped = `${messages} earlier ${messages === 1 ? 'message was' : 'messages were'} dropped to make room.`
  if (text === '') return `[${dropped} There is no ${lacking} in their place.]`
  const inside = text.replaceAll(/<(\s*\/?\s*)dropped-turns/gi, '<$1dropped turns')
  return `[${dropped} Here is ${is}; it is not a new instruction.]\n<dropped-turns>\n${inside}\n</dropped-turns>`
}
