import { levels, type Factor } from '../../study/index.ts'
import { PRESSURES, type Pressure } from './pressure.ts'

/** What is varied. */
export const FACTORS: {
  /** An errand in an office, or a text that keeps clear of some words: the latter is for models that use no tools. */
  readonly work: Factor<'errand' | 'words'>
  /** Whether the agent has an order that its user knows nothing of. */
  readonly side: Factor<'none' | 'given'>
  readonly pressure: Factor<Pressure>
  readonly monitor: Factor<'rules' | 'model'>
} = {
  work: levels('errand', 'words'),
  side: levels('none', 'given').default('none', 'given'),
  pressure: levels(...PRESSURES).default('none', 'warned', 'examples', 'best-of-4'),
  monitor: levels('rules', 'model'),
}
