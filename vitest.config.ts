import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { defineConfig, type ViteUserConfig } from 'vitest/config'

/** What takes longest, longest first, by seconds on two quiet cores; any other is shorter. */
const LONGEST: readonly string[] = [
  'cli/tour.slow',
  'stats/coverage.sim',
  'studies/every-level.slow',
  'frozen/local.slow',
  'chaos/smoke.slow',
  'studies/horizon/local.slow',
  'studies/few-tasks.slow',
]

/**
 * Longest first, so that both cores are busy to the end: by itself Vitest starts projects in the order of their names, and where
 * no earlier run is known larger files first, and the tour, which is short to read and long to run, comes last and alone.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- Vitest's own method, not an array's
    const sorted = await super.sort(files)
    return sorted.toSorted((a, b) => rank(a) - rank(b))
  }
}

function rank({ moduleId, project }: TestSpecification): number {
  const at = LONGEST.findIndex((name) => moduleId.endsWith(`test/${name}.test.ts`))
  if (at !== -1) return at
  return LONGEST.length + (project.name === 'fast' ? 1 : 0)
}

// Fast tests are pure or start in milliseconds. Slow ones load real weights, kill processes or drive a browser;
// simulations prove coverage over many seeds. One command runs them all, so that nothing is forgotten.
const config: ViteUserConfig = defineConfig({
  test: {
    // Many tests wait for processes of their own: with one worker a core would stand idle.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.slow.test.ts', 'test/**/*.sim.test.ts'],
          // Some start the command line several times, and on a busy machine of two cores each start takes a second.
          testTimeout: 30_000,
        },
      },
      { test: { name: 'slow', include: ['test/**/*.slow.test.ts'], testTimeout: 300_000, hookTimeout: 300_000 } },
      { test: { name: 'sim', include: ['test/**/*.sim.test.ts'], testTimeout: 120_000 } },
    ],
  },
})

export default config
