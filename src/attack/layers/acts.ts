import { defineLayer, type Layer } from '../layer.ts'

/** Lets only those tools be called that the user's task needs, where somebody said which they are. */
export const allowList: Layer = defineLayer({
  name: 'allow-list',
  about: "blocks calls of tools that the user's task does not need",
  stages: ['act'],
  acts: 'blocks',
  inspect(passing) {
    if (passing.stage !== 'act' || passing.allowed === undefined || passing.allowed.includes(passing.tool))
      return { type: 'pass' }
    return { type: 'block', why: `${passing.tool} is not among ${passing.allowed.join(', ')}` }
  },
})

/**
 * Asks for a confirmation of every call that acts, and a careful user gives it only where the call's own words are in
 * what the user asked: an account or address from an attack is not.
 *
 * @param acting tools that change something
 */
export function confirmation(acting: readonly string[]): Layer {
  return defineLayer({
    name: 'confirmation',
    about: 'asks the user about every call that changes something; the user agrees to what they asked for',
    stages: ['act'],
    acts: 'blocks',
    options: { acting },
    inspect(passing) {
      if (passing.stage !== 'act' || !acting.includes(passing.tool)) return { type: 'pass' }
      const request = passing.request.toLowerCase()
      const strange = texts(passing.text).find((text) => !request.includes(text.toLowerCase()))
      return strange === undefined
        ? { type: 'pass' }
        : { type: 'block', why: `the user did not speak of "${strange.slice(0, 60)}"` }
    },
  })
}

/** Addresses and accounts among the arguments: what decides where something goes. */
function texts(args: string): readonly string[] {
  return args.match(/(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,255}|\b[A-Z]{2,5}-?\d{2}[A-Z0-9]{1,30}\b/g) ?? []
}
