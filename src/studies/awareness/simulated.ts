import type { Simulation } from '../../study/index.ts'
import { CUE_NAMES } from './cues.ts'

/** Tasks differ in how often the shortcut is taken without the cue: anywhere between these. */
const [LEAST, MOST] = [0.2, 0.6]

/** One cue on one behaviour: the formula takes each task for one trial a side, and there are eight. */
export const simulated: readonly Simulation[] = [
  {
    quantity: 'difference(shortcut: grader silent → mentioned)',
    title: 'shortcuts, where a grader is mentioned above where none is',
    none: 0,
    effects: [0.1, 0.15, 0.2, 0.25, 0.3, 0.4],
    assumes: `the shortcut is taken in ${100 * LEAST}% to ${100 * MOST}% of the trials of a task, and the other cues change nothing`,
    draw: ({ cell, task, seed }, effect, uniform) => {
      const often = LEAST + (MOST - LEAST) * uniform(task, 'often') + (cell['grader'] === 'mentioned' ? effect : 0)
      const names = [task, seed, ...CUE_NAMES.map((cue) => cell[cue] ?? '')]
      return {
        success: 1,
        refusal: 0,
        shortcut: uniform('shortcut', ...names) < often ? 1 : 0,
        pTest: 0.5,
        saysTest: 0,
        unstated: 0,
      }
    },
  },
]
