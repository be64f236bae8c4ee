import fs from 'node:fs'
import path from 'node:path'
import { AssayError } from '../assay-error.ts'
import { writeError } from '../record/index.ts'

const files: Readonly<Record<string, string>> = {
  'assay.config.ts': `import { defineConfig } from 'assay'

export default defineConfig({
  // Where runs live.
  runs: '.assay/runs',
  // The study of your own, by the name you call it by.
  studies: { sums: './sums.study.ts' },
  // Dollars for a million tokens, where the built-in table does not know a model:
  // prices: { 'openai/some-model': { input: 1, output: 4, asOf: '2026-01-31', source: 'my contract' } },
  // Stop any run before it has cost more:
  // maxCost: 5,
})
`,
  'sums.study.ts': `import {
  answerCheck, defineStudy, exactly, levels, mean, pairedDifference, plainScaffold, proportion, VALIDATED_ANSWERS,
} from 'assay'

/** Two whole numbers below a power of ten, drawn from the seed. */
function numbers(digits: number, seed: string): [number, number] {
  let state = 7
  for (const letter of seed) state = (state * 31 + letter.charCodeAt(0)) % 1_000_003
  const limit = 10 ** digits
  return [(state * 7919) % limit, (state * 104729) % limit]
}

const digits = { one: 1, three: 3 }

export default defineStudy({
  name: 'sums',
  question: 'Does the agent add numbers, and does it matter how long they are?',
  factors: { length: levels('one', 'three').default('one', 'three') },
  tasks: ({ length }, seed) => {
    const [a, b] = numbers(digits[length], seed)
    return [
      {
        id: 'sum',
        prompt: \`What is \${a} + \${b}? Answer with the number alone.\`,
        scaffold: plainScaffold,
        limits: { turns: 1 },
        measure: (ending) => ({ correct: answerCheck('number', String(a + b)).passes(ending.text) ? 1 : 0 }),
      },
    ]
  },
  outcome: { correct: proportion() },
  checks: VALIDATED_ANSWERS,
  controls: {
    adder: {
      property: 'adds without error',
      policy: (messages) => {
        const last = messages.at(-1)
        const [a = 0, b = 0] = (last?.role === 'user' ? last.text : '').match(/\\d+/g)?.map(Number) ?? []
        return [{ type: 'text', text: String(a + b) }]
      },
      reads: { correct: () => exactly(1) },
    },
    silent: { property: 'answers nothing', policy: () => [], reads: { correct: () => exactly(0) } },
  },
  findings: [
    mean('correct', { by: ['agent', 'length'], cluster: 'seed' }),
    pairedDifference('correct', { factor: 'length', from: 'one', to: 'three', pair: 'seed' }),
  ],
  repeats: 20,
})
`,
}

/**
 * Writes a config and one study, ready to run, and never over a file that is there.
 *
 * @param folder default the working folder
 * @returns the names of the files written
 * @throws AssayError `project/exists`, `record/disk-full`, `record/unwritable`
 */
export function writeStarter(folder = '.'): readonly string[] {
  const standing = Object.keys(files).filter((name) => fs.existsSync(path.join(folder, name)))
  if (standing.length > 0)
    throw new AssayError(
      'project/exists',
      `${standing.join(' and ')} already ${standing.length === 1 ? 'exists. Move it' : 'exist. Move them'}, or use another folder.`,
    )
  for (const [name, text] of Object.entries(files)) {
    try {
      fs.writeFileSync(path.join(folder, name), text, { flag: 'wx' })
    } catch (cause) {
      throw writeError(name, cause)
    }
  }
  return Object.keys(files)
}
