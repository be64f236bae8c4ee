import { average, type Measure } from '../../findings/index.ts'
import { between, exactly, type Control, type Expectation, type Factors } from '../../study/index.ts'
import { askedCheck } from './asked-check.ts'
import type { Case } from './case.ts'
import type { MadeCase } from './made-case.ts'

type Cell = Readonly<Record<string, string>>
type Outcome = { readonly correct: Measure }
type CaseControl = Control<Factors, Outcome>

/** What is nobody's expected answer. */
const WRONG = 'xyzzy'

/** A judge or a function that errs on more than one in five of the answers whose mark is known is not to be used. */
const MOST_ERRORS = 0.2

/** The scripted agents of a file of questions. */
export interface CaseControls {
  readonly controls: Readonly<Record<string, CaseControl>>
  /** What a control gets for an answer where no judge and no function is to decide it. */
  readonly byHeart: (control: string, id: string) => boolean | undefined
  /** Cases that a judge or a function marks, with an answer that passes and with one that does not: by the control that gives it. */
  readonly labelled: { readonly right: Labelled; readonly wrong: Labelled }
}

interface Labelled {
  readonly control: string
  readonly tasks: readonly string[]
}

/**
 * The controls of a file of questions. Where a judge or a function marks answers, `knows` and `wrong` give them answers whose mark the
 * author knows, so that their errors are measured; `half` is marked by heart.
 *
 * @param find a case in a wording, and in any where none is given
 * @param varies factors that controls respond to
 */
export function caseControls(
  cases: readonly Case[],
  find: (id: string, cell?: Cell) => MadeCase | undefined,
  varies: Pick<CaseControl, 'varies'>,
): CaseControls {
  const asked = new Set(cases.flatMap((each) => (isAsked(each) ? [each.id] : [])))
  const able = new Set(cases.flatMap(({ id }) => (find(id)?.known === undefined ? [] : [id])))
  // Every other case: a grader that passes all or none of what it is given, or weighs cases, cannot give it its share.
  const odd = new Set(cases.flatMap(({ id }, index) => (index % 2 === 0 ? [id] : [])))
  const wrongs = new Map(cases.map((each) => [each.id, wrongAnswer(each, asked.has(each.id))]))
  const says = (property: string, answer: (id: string, cell: Cell) => string): Omit<CaseControl, 'reads'> => ({
    property,
    policy: {
      madeFor:
        ({ task, cell }) =>
        () => [{ type: 'text', text: answer(task.id, cell) }],
    },
    ...varies,
  })
  const knownIn = (id: string, cell: Cell): string => find(id, cell)?.known ?? ''
  const knows: CaseControl =
    asked.size === 0
      ? { ...says('answers every case with its expected answer', knownIn), reads: { correct: () => exactly(1) } }
      : {
          ...says('answers every case with an answer that its author knows to pass, where there is one', knownIn),
          ...share((id) => (able.has(id) ? [asked.has(id) ? 1 - MOST_ERRORS : 1, 1] : [0, 0])),
        }
  const half: CaseControl = {
    ...says(
      'the dose between: answers the first case, the third and so on with the expected answer, and nothing to the others',
      (id, cell) => (odd.has(id) ? knownIn(id, cell) : ''),
    ),
    ...share((id) => (odd.has(id) && able.has(id) ? [1, 1] : [0, 0])),
  }
  const wrong: CaseControl =
    asked.size === 0 && cases.every((each) => each.wrong === undefined)
      ? {
          property: `answers every case with ${WRONG}`,
          policy: () => [{ type: 'text', text: WRONG }],
          ...varies,
          reads: { correct: () => exactly(0) },
        }
      : {
          ...says('answers every case with an answer that its author knows to fail', (id) => wrongs.get(id) ?? ''),
          ...share((id) => (asked.has(id) && wrongs.get(id) !== '' ? [0, MOST_ERRORS] : [0, 0])),
        }
  const silent: CaseControl = {
    property: 'answers nothing',
    policy: () => [],
    ...varies,
    reads: { correct: () => exactly(0) },
  }
  const hasWrong = [...wrongs.values()].every((each) => each !== undefined) && [...wrongs.values()].some(Boolean)
  return {
    controls: { ...(able.size > 0 && { knows, half }), ...(hasWrong && { wrong }), silent },
    byHeart: (control, id) => (control === 'half' ? odd.has(id) && able.has(id) : undefined),
    labelled: {
      right: { control: 'knows', tasks: [...asked].filter((id) => able.has(id)) },
      wrong: {
        control: 'wrong',
        tasks: cases.flatMap(({ id, wrong: no }) => (asked.has(id) && no !== undefined ? [id] : [])),
      },
    },
  }
}

/** Whether a model or a function decides something of a case. */
export function isAsked(each: Case): boolean {
  return kindsOf(each).some((kind) => kind !== undefined)
}

/** Whether a model does. */
export function isJudged(each: Case): boolean {
  return kindsOf(each).includes('judge')
}

function kindsOf({ check, also = [] }: Case): readonly ('judge' | 'function' | undefined)[] {
  return [check, ...also.map((each) => each.check)].map((name) => askedCheck(name, '')?.type)
}

/** What a control's mean is known to be, from what each case is. */
function share(of: (id: string) => readonly [low: number, high: number]): Pick<CaseControl, 'reads' | 'finds'> {
  return {
    reads: {},
    finds: {
      'mean(correct)': (_, trials): Expectation => {
        const bounds = trials.map(({ task }) => of(task))
        const [low, high] = [average(bounds.map(([least]) => least)), average(bounds.map(([, most]) => most))]
        return low === high ? exactly(low) : between(low, high)
      },
    },
  }
}

/** An answer that cannot be right: the author's own, or one that is nobody's; undefined where that could pass. */
function wrongAnswer(each: Case, asked: boolean): string | undefined {
  if (each.wrong !== undefined) return each.wrong
  if (refusesWrong(each)) return WRONG
  return asked ? '' : undefined
}

/** Whether a case cannot take that for right, found out without its check: a broken one must not decide which controls run. */
function refusesWrong({ expected, check, also = [] }: Case): boolean {
  return [{ check, expected }, ...also].every((each) => {
    if (each.check === 'regex') return !new RegExp(each.expected, 'u').test(WRONG)
    return /^(?:exact|contains|strict|number|choice|json)$/.test(each.check) && !each.expected.includes(WRONG)
  })
}
