import { pick } from '../../record/index.ts'
import { defineAttacker, type Attacker } from '../attacker.ts'
import { filled, TEMPLATES, type Template } from '../templates.ts'

/** Each wording of a library once, in an order drawn for the trial; then it gives up. */
export function templates(library: readonly Template[] = TEMPLATES): Attacker {
  return defineAttacker({
    name: 'template',
    about: 'tries each template of a library once, in an order drawn from the seed, and gives up after the last',
    knows: 'nothing',
    independent: true,
    givesUpAfter: library.length,
    options: { library: library.map(({ id, text, source }) => ({ id, text, source })) },
    humanHours: { hours: library.length / 12, source: 'five minutes a wording, estimated by who wrote them' },
    next(history, _left, { goal, random }) {
      const used = new Set(history.map(({ move }) => move.notes))
      const template = pick(
        library.filter(({ id }) => !used.has(id)),
        random,
      )
      if (template === undefined) return { type: 'stop', why: `all ${library.length} templates were tried` }
      return { type: 'attempt', text: filled(template.text, goal), notes: template.id }
    },
  })
}
