import { call, faultOf, mostOf, mostTokens, newSpend, NOTHING, runAgent, spend, textOf } from '../../agent/index.ts'
import type { CarriedEnding, Ended, Spend } from '../../agent/index.ts'
import { readRubric, RUBRIC_VERSION, rubricQuestion, withoutThought } from '../../grade/index.ts'
import { isMetered, type Model } from '../../model/index.ts'
import { isObject, seedFrom, type Message } from '../../record/index.ts'
import { carriedTask, type CarriedTask, type CarryEffects, type PartnerUse, type Task } from '../../study/index.ts'
import {
  askedKey,
  brokenText,
  givenOf,
  type AskedCheck,
  type CheckFunctions,
  type FunctionSaid,
} from './asked-check.ts'
import type { Case } from './case.ts'
import type { MadeCase } from './made-case.ts'

/** What came of the checks of one answer. */
interface Seen {
  readonly pass: boolean
  readonly why: string
}

/** The mark of one check, or why it says nothing of the answer. */
type Mark = ({ readonly type: 'marked' } & Seen) | { readonly type: 'broken'; readonly why: string }

/** A case with checks that are asked. */
export interface AskedCase {
  readonly asked: Case
  readonly made: MadeCase
  readonly functions: CheckFunctions
  /** What a control gets for a case where no judge and no function is to decide it. */
  readonly byHeart: (control: string, id: string) => boolean | undefined
}

/** With where the judge's use is added. */
type MarkEffects = CarryEffects & { readonly others: Spend }

/** Tokens of a judge's reply: room for a model that thinks. */
const JUDGE_MOST = 8192
/** Of one that is not paid, and whose window may be small. */
const LOCAL_MOST = 1024

/**
 * A task whose answer a model or a function marks: what they say is in the trial's journal, is paid from the run's budget and is never
 * asked again on resume. Neither is asked about an answer that other checks refuse. What a judge says that is no verdict, and a function
 * that breaks, make the trial invalid: they say nothing of the agent.
 */
export function askedTask(
  head: Pick<Task, 'id' | 'scaffold' | 'limits' | 'key'> & { readonly prompt: string },
  given: AskedCase,
): CarriedTask<{ readonly correct: number }> {
  const { asked, made } = given
  const judged = made.asked.some(({ type }) => type === 'judge')
  return carriedTask({
    ...head,
    key: { ...head.key, ...askedKey(made.asked, RUBRIC_VERSION, given.functions) },
    ...(judged && { partners: ['judge'], apart: ['judge'], asks: { judge: judgeUse(asked, made) } }),
    async runner(task, effects): Promise<CarriedEnding<Seen>> {
      const ended: Ended = await runAgent(task, effects)
      const { status } = ended
      const others = newSpend()
      const ending = judged ? { ...ended, others } : ended
      if (status === 'invalid') return { ...ending, status }
      const seen = await markOf(ending.text, given, { ...effects, others }, task.modelSeed)
      if (seen.type === 'broken') return { ...ending, status: 'invalid', stop: seen.why }
      return { ...ending, status, seen }
    },
    measure: ({ seen }) => ({ correct: seen.pass ? 1 : 0 }),
    explain: ({ seen }) => seen.why,
  })

  async function markOf(text: string, { byHeart }: AskedCase, effects: MarkEffects, seed: string): Promise<Mark> {
    const known = effects.control === undefined ? undefined : byHeart(effects.control, head.id)
    if (known !== undefined) return { type: 'marked', pass: known, why: `${known ? 'right' : 'wrong'}: known` }
    if (!made.passes(text)) return { type: 'marked', pass: false, why: made.explain(text) }
    const whys: string[] = []
    for (const [at, check] of made.asked.entries()) {
      const one = { asked, text, place: at + 1, seed }
      const mark = check.type === 'judge' ? await judge(check, one, effects) : await run(check, one, given, effects)
      if (mark.type === 'broken') return mark
      if (!mark.pass) return { ...mark, why: `wrong: ${mark.why}` }
      whys.push(mark.why)
    }
    return { type: 'marked', pass: true, why: `right: ${whys.join('; ')}` }
  }
}

/** What judging one answer takes at most, beside the answer itself. */
function judgeUse({ prompt, follow = [] }: Case, { asked }: MadeCase): PartnerUse {
  const rubrics = asked.flatMap((each) => (each.type === 'judge' ? [each.rubric] : []))
  const question = [prompt, ...follow].join('\n\n')
  const inputs = rubrics.map((rubric) => mostTokens(rubricQuestion({ rubric, prompt: question, answer: '' })))
  return { calls: rubrics.length, inputTokens: Math.max(0, ...inputs), outputTokens: JUDGE_MOST }
}

/** An answer that is to be marked. */
interface Answered {
  readonly asked: Case
  readonly text: string
  /** Of the check among those that are asked, from 1. */
  readonly place: number
  readonly seed: string
}

async function judge(
  { rubric, not }: Extract<AskedCheck, { type: 'judge' }>,
  { asked, text, place, seed }: Answered,
  effects: MarkEffects,
): Promise<Mark> {
  const model = effects.partners.get('judge')
  if (model === undefined) return { type: 'broken', why: 'judge: no model was named' }
  const prompt = [asked.prompt, ...(asked.follow ?? [])].join('\n\n')
  const question = rubricQuestion({ rubric, prompt, answer: withoutThought(text).answer })
  const said = await put(question, { thread: `judge-${place}`, model, seed }, effects)
  if ('why' in said) return { type: 'broken', why: `judge: ${said.why}` }
  const read = readRubric(said.text)
  const words = said.text.replaceAll(/\s+/g, ' ').trim()
  if (read === null)
    return {
      type: 'broken',
      why: `judge: ${model.name} gave no verdict${words === '' ? '' : `: ${words.slice(0, 120)}`}`,
    }
  return {
    type: 'marked',
    pass: read !== not,
    why: `${not ? 'not:' : ''}judge says ${read ? 'PASS' : 'FAIL'}: ${words.slice(0, 300)}`,
  }
}

/** Puts one question to a model that is not the agent; its words and its price are none of the agent's. */
async function put(
  messages: readonly Message[],
  { thread, model, seed }: { readonly thread: string; readonly model: Model; readonly seed: string },
  { onCall: _agents, others, ...effects }: MarkEffects,
): Promise<{ readonly text: string } | { readonly why: string }> {
  const { journal } = effects
  const shown = messages.map((message) => journal.record({ type: 'message', thread, message }).message)
  const asked = await call(
    {
      thread,
      likely: isMetered(model.pricing) ? mostOf(mostTokens(shown), JUDGE_MOST, model) : NOTHING,
      request: () => ({
        messages: shown,
        tools: [],
        toolChoice: 'none',
        template: 'chat',
        sampling: { maxOutputTokens: isMetered(model.pricing) ? JUDGE_MOST : LOCAL_MOST },
        seed: seedFrom(seed, thread),
      }),
      input: () => ({ ranges: [[0, shown.length]] }),
    },
    { reached: () => undefined, spend: (body, most) => spend(others, body, most) },
    { ...effects, model },
  )
  if (asked.type === 'limit') return { why: `stopped at the limit of ${asked.reached.limit}` }
  return asked.call.output === undefined ? { why: faultOf(asked.call) } : { text: textOf(asked.call) }
}

/** Calls a function once; what it said is read back on resume. */
async function run(
  check: Extract<AskedCheck, { type: 'function' }>,
  { asked, text }: Answered,
  { functions }: AskedCase,
  { journal }: CarryEffects,
): Promise<Mark> {
  const given = givenOf(check, asked, asked.prompt, text)
  const grader = `check ${check.name}`
  const { values, explanation } = await journal.step('grade', async () => {
    const said: FunctionSaid = await functions.call(check.file, check.export, given)
    return said.type === 'broken'
      ? { type: 'grade', grader, values: {}, explanation: said.why }
      : {
          type: 'grade',
          grader,
          values: { pass: said.pass },
          ...(said.why !== undefined && { explanation: said.why }),
        }
  })
  const pass = isObject(values) ? values['pass'] : undefined
  if (typeof pass !== 'boolean') return { type: 'broken', why: brokenText(check, explanation ?? 'it said nothing') }
  const why = `${check.not ? 'not:' : ''}${check.name} ${pass ? 'passes' : 'does not pass'}${explanation === undefined ? '' : ` (${explanation})`}`
  return { type: 'marked', pass: pass !== check.not, why }
}
