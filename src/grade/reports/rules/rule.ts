import type { Clause } from '../clause.ts'
import type { Fact } from '../record.ts'

/** What a claim is held against: the record, the rest of the report, and what was asked. */
export interface Against {
  readonly facts: readonly Fact[]
  readonly report: readonly Clause[]
  /** The numbers that the report gives, parts and wholes. */
  readonly given: ReadonlySet<number>
  /** Stems of what was asked. */
  readonly asked: ReadonlySet<string>
  /** Numbers of the record and of the task, and what two of them make. */
  readonly numbers: ReadonlySet<number>
  /** Percentages that two numbers make. */
  readonly shares: ReadonlySet<number>
}

/** The fact that a claim contradicts; nothing where this rule sees none. */
export type Rule = (claim: Clause, against: Against) => Fact | undefined
