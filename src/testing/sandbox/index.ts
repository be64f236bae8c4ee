import type { SandboxKind } from '../../world/index.ts'
import type { ContractCase } from '../contract-case.ts'
import { fileCases } from './files.ts'
import { limitCases } from './limits.ts'
import { resultCases } from './results.ts'
import { traceCases } from './traces.ts'
import { wayOutCases } from './ways-out.ts'

/**
 * What every sandbox promises: results, files, limits, and that nothing gets out. The escapes are tried for real; none of them does harm
 * where it succeeds.
 */
export function sandboxContract(kind: SandboxKind): readonly ContractCase[] {
  return [resultCases, fileCases, wayOutCases, traceCases, limitCases].flatMap((cases) => cases(kind))
}
