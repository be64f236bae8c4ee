import { parse as parseYaml, YAMLParseError } from 'yaml'
import { z } from 'zod'
import { AssayError, yamlReason } from '../../assay-error.ts'
import { isObject } from '../../record/index.ts'
import { UNITS, type Unit } from '../../findings/index.ts'

/** One threshold. Every finding of real agents that it names must keep it with its whole interval. */
export interface GateRule {
  /** What reports call it. Default: its quantity and conditions. */
  readonly name?: string
  /** As findings name it: `mean(netWorth)`. */
  readonly quantity: string
  /** Conditions that a finding must have; what is not named may be anything. Controls are meant only where `agent` names one. */
  readonly where: Readonly<Record<string, string>>
  /** Of the thresholds: money is whole cents, a share lies in [0, 1], a change of one in [−1, 1]. */
  readonly unit: Unit
  /** The lower bound of the interval must not be below it. */
  readonly atLeast?: number
  /** The upper bound of the interval must not be above it. */
  readonly atMost?: number
  /** Clusters that the finding must rest on at least. */
  readonly minClusters?: number
}

/** What a run must keep to pass. */
export interface GatePolicy {
  readonly name?: string
  /** ISO 8601 with its zone; a policy set after the run began decides nothing. */
  readonly setAt?: string
  readonly rules: readonly GateRule[]
}

const rule = z
  .strictObject({
    name: z.string().min(1).exactOptional().describe('What reports call the rule.'),
    quantity: z.string().min(1).describe('As findings name it: mean(netWorth).'),
    where: z
      .record(z.string(), z.string())
      .default({})
      .describe('Conditions a finding must have. Controls are meant only where agent names one.'),
    unit: z
      .enum(UNITS)
      .describe('Of the thresholds: money is whole cents, a proportion is in [0, 1], a change of one in [-1, 1].'),
    atLeast: z.number().exactOptional().describe('The lower bound of the interval must not be below it.'),
    atMost: z.number().exactOptional().describe('The upper bound of the interval must not be above it.'),
    minClusters: z.int().positive().exactOptional().describe('Clusters that the finding must rest on at least.'),
  })
  .refine(({ atLeast, atMost }) => atLeast !== undefined || atMost !== undefined, {
    message: 'needs atLeast, atMost or both',
  })
  .refine(({ atLeast = -Infinity, atMost = Infinity }) => atLeast <= atMost, {
    message: 'atLeast is above atMost, so that no finding can pass',
  })
  // Whether a quantity is a share or a difference of shares its finding tells, when it is met.
  .refine(
    ({ unit, atLeast = 0, atMost = 0 }) =>
      unit !== 'proportion' || [atLeast, atMost].every((share) => share <= 1 && share >= -1),
    { message: 'a share is from 0 to 1 (a difference of shares from -1 to 1): write 0.5 for 50%' },
  )

/** The policy file. Published as `schemas/gate-policy.json`. */
export const gatePolicySchema: z.ZodType<GatePolicy> = z.strictObject({
  name: z.string().min(1).exactOptional(),
  setAt: z.iso
    .datetime({ offset: true, error: 'must be a moment with its zone, such as 2026-05-01T10:00:00Z' })
    .exactOptional()
    .describe('When the policy was set. One set after the run began passes nothing.'),
  rules: z.array(rule).min(1, 'needs at least one rule'),
})

/**
 * Reads a policy from YAML or JSON.
 *
 * @param file its name, for messages
 * @throws AssayError `gate/policy` on one line, naming file and field
 */
export function parsePolicy(text: string, file: string): GatePolicy {
  let data: unknown
  try {
    data = parseYaml(text)
  } catch (cause) {
    const at = cause instanceof YAMLParseError ? cause.linePos?.[0] : undefined
    const where = at === undefined ? file : `${file}:${at.line}:${at.col}`
    throw new AssayError('gate/policy', `${where}: ${yamlReason(cause)}`, { cause })
  }
  if (!isObject(data))
    throw new AssayError('gate/policy', `${file} ${whatInstead(data)}. See schemas/gate-policy.json.`)
  const parsed = gatePolicySchema.safeParse(data)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = issue === undefined || issue.path.length === 0 ? 'the policy' : fieldText(issue.path, data)
  throw new AssayError(
    'gate/policy',
    `${file}: ${field}: ${issue === undefined ? 'is wrong' : sentence(issue.message)}. See schemas/gate-policy.json.`,
  )
}

/** `rule 4 ("wrong unit"): unit`: rules are counted from 1, as people do. */
function fieldText(path: readonly PropertyKey[], policy: Readonly<Record<string, unknown>>): string {
  const [list, place, ...rest] = path
  if (list !== 'rules' || typeof place !== 'number') return path.join('.')
  const given: unknown = Array.isArray(policy['rules']) ? policy['rules'][place] : undefined
  const name = isObject(given) && typeof given['name'] === 'string' ? ` ("${given['name']}")` : ''
  return [`rule ${place + 1}${name}`, ...(rest.length > 0 ? [rest.join('.')] : [])].join(': ')
}

function whatInstead(data: unknown): string {
  const wanted = 'a policy has the key rules with a list of them'
  if (data === undefined || data === null) return `is empty: ${wanted}`
  return `holds ${Array.isArray(data) ? 'a list' : `only ${JSON.stringify(data)}`}: ${wanted}`
}

/** What the parser says, as people would. */
function sentence(message: string): string {
  return message
    .replace(/^Invalid input: expected (.+), received undefined$/, 'is missing ($1)')
    .replace(/^Invalid input: expected (.+), received (.+)$/, 'should be $1, not $2')
    .replace(/^Invalid option: expected one of /, 'should be one of ')
    .replace(/^Unrecognized keys?: /, 'knows no ')
}
