import { withinLine, withoutThought } from '../../grade/index.ts'
import type { JsonObject } from '../../record/index.ts'

/** A check whose mark comes from outside: a model that reads a rubric, or a function in a file. */
export type AskedCheck =
  | { readonly type: 'judge'; readonly not: boolean; readonly rubric: string }
  | {
      readonly type: 'function'
      readonly not: boolean
      /** As it is written: `score.ts#polite`. */
      readonly name: string
      /** As it is written, from the folder of the questions. */
      readonly file: string
      readonly export: string
      readonly expected: string
    }

/** What a function is given of an answer. */
export interface FunctionGiven {
  /** What the agent said last, without thought in its text. */
  readonly answer: string
  readonly expected: string
  readonly prompt: string
  readonly id: string
  /** The row's cells by column. */
  readonly columns: Readonly<Record<string, string>>
}

/** What a function said; `broken` says nothing of the answer. */
export type FunctionSaid =
  | { readonly type: 'marked'; readonly pass: boolean; readonly why?: string }
  | { readonly type: 'broken'; readonly why: string }

/** Functions that files of a user's hold. */
export interface CheckFunctions {
  /** Of a file's content; undefined where the file is missing. */
  readonly hash: (file: string) => string | undefined
  /** Calls one; never throws, and never takes for ever. */
  readonly call: (file: string, name: string, given: FunctionGiven) => Promise<FunctionSaid>
}

const FUNCTION = /^(.+\.[mc]?[jt]s)#([A-Za-z_$][\w$]*)$/

/** A check that is asked, by its name; undefined where it reads the answer itself. */
export function askedCheck(check: string, expected: string): AskedCheck | undefined {
  const [, before = '', name = ''] = /^((?:not\s*:\s*)*)(.*)$/is.exec(check.trim()) ?? []
  const not = before !== ''
  if (/^judge$/i.test(name)) return { type: 'judge', not, rubric: expected }
  const [, file, exported] = FUNCTION.exec(name) ?? []
  return file === undefined || exported === undefined
    ? undefined
    : { type: 'function', not, name, file, export: exported, expected }
}

/** What is hashed of such checks beside their names: how the judge is asked, and what the files hold. */
export function askedKey(asked: readonly AskedCheck[], judge: string, functions: CheckFunctions): JsonObject {
  const files = new Set(asked.flatMap((each) => (each.type === 'function' ? [each.file] : [])))
  return {
    ...(asked.some(({ type }) => type === 'judge') && { judge }),
    ...(files.size > 0 && {
      functions: Object.fromEntries([...files].map((file) => [file, functions.hash(file) ?? null])),
    }),
  }
}

/** What a function is given of an answer to a case. */
export function givenOf(
  { expected }: Extract<AskedCheck, { type: 'function' }>,
  { id, columns = {} }: { readonly id: string; readonly columns?: Readonly<Record<string, string>> },
  prompt: string,
  answer: string,
): FunctionGiven {
  return { answer: withoutThought(answer).answer, expected, prompt, id, columns }
}

/** `score.ts#polite threw: no answer`, within a sentence. */
export function brokenText({ name }: Extract<AskedCheck, { type: 'function' }>, why: string): string {
  return `${name}: ${withinLine(why)}`
}
