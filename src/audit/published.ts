import { AssayError } from '../assay-error.ts'
import { isCountOf } from '../rows/index.ts'
import type { Finding } from '../findings/index.ts'
import type { Variant } from './audited.ts'

/** A number somebody printed. */
export interface Published {
  /** The quantity, or `quantity@level` where several findings have it: `rate@gpt-4o`. */
  readonly name: string
  /** In the finding's unit: shares as fractions, money in cents. */
  readonly value: number
  /** Half a unit in the last digit that was printed: what rounding alone explains. */
  readonly rounding: number
  readonly text: string
}

/** A published number with what the rows give. */
export interface Recomputed {
  readonly name: string
  readonly published: number
  readonly unit: Finding['unit']
  readonly quantity: string
  readonly conditions: Finding['conditions']
  readonly recomputed: number | undefined
  /** Recomputed − published. */
  readonly difference: number | undefined
  /** Rounding of the published figure explains the difference. */
  readonly agrees: boolean
  /** Policies under which the rows give the published number, where our own do not. */
  readonly explainedBy: readonly Variant[]
  /** The nearest of the policies, where none explains it. */
  readonly nearest?: Variant
  /** Trials of which no whole number gives the published share, where nothing else explains it. */
  readonly noCountOf?: number
}

/**
 * `name=value` as typed; the value may be `47.69%` or `$1,200`.
 *
 * @throws AssayError `audit/published`
 */
export function readPublished(texts: readonly string[]): readonly Published[] {
  return texts.map((text) => {
    const [, name = '', raw = ''] = /^(.+)=\s*([^=]+)$/.exec(text) ?? []
    const money = raw.includes('$')
    const percent = raw.trim().endsWith('%')
    const digits = raw.replaceAll(/[$%,\s]/g, '')
    const value = Number(digits)
    if (name === '' || digits === '' || !Number.isFinite(value))
      throw new AssayError('audit/published', `--published ${text}: write name=value, as rate=0.42 or pass^4=10.0%.`)
    const scale = percent ? 0.01 : money ? 100 : 1
    const decimals = /\.(\d*)/.exec(digits)?.[1]?.length ?? 0
    return { name: name.trim(), value: scale * value, rounding: scale * 0.5 * 10 ** -decimals, text: raw.trim() }
  })
}

/** A finding with what it would be under other policies. */
export interface Candidate {
  readonly finding: Finding
  readonly variants: readonly Variant[]
  /** Independent trials that it is a share of. */
  readonly of?: number
}

/**
 * Puts a published number beside the finding it names, and looks for a policy that explains the difference.
 *
 * @throws AssayError `audit/published` when no finding has that name, several do, or it is in another unit
 */
export function compare(published: Published, candidates: readonly Candidate[]): Recomputed {
  const { finding, variants, of } = named(published, candidates)
  const { estimate, quantity, conditions, unit } = finding
  assertUnit(published, unit)
  const recomputed = estimate.value
  const difference = recomputed === undefined ? undefined : recomputed - published.value
  const near = (value: number): boolean => Math.abs(value - published.value) <= published.rounding * (1 + 1e-9)
  const agrees = recomputed !== undefined && near(recomputed)
  const others = variants.filter((each) => each.value !== recomputed)
  // A value that was cut off is below its own by less than a unit of the last digit.
  const cut =
    recomputed !== undefined && difference !== undefined && difference > 0 && difference < 2 * published.rounding
  const explainedBy = agrees
    ? []
    : [
        ...(cut ? [{ policy: 'the last digit cut off and not rounded', value: recomputed }] : []),
        ...others.filter((each) => near(each.value)),
      ]
  const [nearest] = others.toSorted((a, b) => Math.abs(a.value - published.value) - Math.abs(b.value - published.value))
  const unexplained = !agrees && explainedBy.length === 0
  const counts = of === undefined || isCountOf(of, published.value, published.rounding)
  return {
    name: published.name,
    published: published.value,
    unit,
    quantity,
    conditions,
    recomputed,
    difference,
    agrees,
    explainedBy,
    ...(unexplained && nearest !== undefined && { nearest }),
    ...(unexplained && !counts && { noCountOf: of }),
  }
}

/** A bare number would be taken for cents where dollars are meant, and one above 1 for a share of several hundred percent. */
function assertUnit({ name, text, value }: Published, unit: Finding['unit']): void {
  const money = text.includes('$')
  const wrong =
    unit === 'cents' && !money
      ? 'it is money, so write dollars with their sign, as $15.00'
      : unit !== 'cents' && money
        ? 'it is not money, so write it without $'
        : unit === 'proportion' && !text.endsWith('%') && Math.abs(value) > 1
          ? 'it is a share, so write 42.5% or 0.425'
          : undefined
  if (wrong !== undefined) throw new AssayError('audit/published', `--published ${name}=${text}: ${wrong}.`)
}

function named({ name }: Published, candidates: readonly Candidate[]): Candidate {
  const [quantity = '', ...where] =
    name.split('@').length > 1 && !candidates.some((each) => each.finding.quantity === name) ? splitLast(name) : [name]
  const matching = candidates.filter(
    ({ finding }) =>
      finding.quantity.toLowerCase() === quantity.toLowerCase() &&
      where.every((level) => isMadeOf(level, Object.values(finding.conditions))),
  )
  // The widest is meant where it is one: the whole table or all rows of a level, not one stratum of them.
  const size = ({ finding }: Candidate): number => Object.keys(finding.conditions).length
  const fewest = Math.min(...matching.map(size))
  const whole = matching.filter((each) => size(each) === fewest)
  const found = whole.length === 1 ? whole : matching
  const [only] = found
  if (only !== undefined && found.length === 1) return only
  const known = [...new Set(candidates.map(({ finding }) => finding.quantity))].slice(0, 12).join(', ')
  const levels = found.slice(0, 6).map(({ finding }) => `${quantity}@${Object.values(finding.conditions).join('/')}`)
  throw new AssayError(
    'audit/published',
    found.length === 0
      ? `--published ${name}: no finding has that name here; there are ${known}.`
      : `--published ${name}: ${found.length} findings have that name; say which: ${levels.join(', ')}.`,
  )
}

/** Whether a text names levels of these, with slashes between; a level may hold slashes itself: `math/openai/gpt-5`. */
function isMadeOf(text: string, levels: readonly string[]): boolean {
  return levels.some(
    (level, at) =>
      level !== '' &&
      (text === level ||
        (text.startsWith(`${level}/`) && isMadeOf(text.slice(level.length + 1), levels.toSpliced(at, 1)))),
  )
}

/** `pass@5@gpt` is the quantity pass@5 at the level gpt. */
function splitLast(name: string): readonly string[] {
  const at = name.lastIndexOf('@')
  return [name.slice(0, at), name.slice(at + 1)]
}
