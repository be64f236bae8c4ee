import { objectIn } from '../../record/index.ts'

/** What an attacker's model wrote, read. */
export type Written =
  | { readonly type: 'prompt'; readonly text: string }
  | { readonly type: 'nothing'; readonly why: string }

const REFUSES = /\b(?:i (?:can(?:no|')t|won't|will not|am unable|'m unable)|i'm sorry|as an ai)\b/i

/**
 * Reads the next prompt out of what an attacker's model said: a line `PROMPT: …`, or JSON with the key `prompt`. Anything
 * else is the attacker's failure.
 */
export function promptIn(said: string | undefined): Written {
  if (said === undefined) return { type: 'nothing', why: "the attacker's model said nothing" }
  const line = /^\s*(?:\*\*)?PROMPT:(?:\*\*)?\s*([\s\S]+)/im.exec(said)?.[1]?.trim()
  if (line !== undefined && line !== '') return { type: 'prompt', text: line }
  const prompt = objectIn(/\{[\s\S]*\}/.exec(said)?.[0])?.['prompt']
  if (typeof prompt === 'string' && prompt.trim() !== '') return { type: 'prompt', text: prompt }
  return {
    type: 'nothing',
    why: REFUSES.test(said) ? "the attacker's model refused" : "the attacker's model did not write a prompt",
  }
}
