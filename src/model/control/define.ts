import type { z } from 'zod'
import type { Request } from '../model.ts'
import type { Planted } from './control-from.ts'

/** What a control may be given when it is opened, in addition to the parameters in its name. */
export interface ControlOptions {
  /** Right answers by the text of the last user message, for controls that must know them. */
  readonly answers?: { readonly [question: string]: string }
}

/** A control model as its author writes it. */
export interface ControlSpec<Params extends z.ZodObject> {
  /** What stands behind `control/`. */
  readonly name: string
  /** The exact property that is planted, in one sentence that a reader can check a finding against. */
  readonly property: string
  /** Parameters as they stand behind the `?` of the name; they arrive as text, so numbers are coerced. */
  readonly params: Params
  /** True if it cannot be opened without {@link ControlOptions.answers}. */
  readonly needsAnswers?: boolean
  /** A pure function of its arguments. */
  reply(request: Request, params: z.output<Params>, options: ControlOptions): ReturnType<Planted>
  /** What its own compaction makes of the request's messages; absent: it has none. Pure. */
  compact?(request: Request, params: z.output<Params>): string
}

/** A control model whose parameters' type is its own business. */
export interface ControlModel {
  readonly name: string
  readonly property: string
  readonly needsAnswers: boolean
  readonly params: z.ZodObject
  /** Checks the parameters and gives what is planted; throws zod's error where they are wrong. */
  readonly plant: (params: { readonly [name: string]: string }, options: ControlOptions) => Planted
  /** Its own compaction, where it has one, for parameters that were checked. */
  readonly compact?: (params: { readonly [name: string]: string }) => (request: Request) => string
}

/** Closes a {@link ControlSpec} over its parameters. Parameters it does not name are refused. */
export function defineControlModel<Params extends z.ZodObject>(spec: ControlSpec<Params>): ControlModel {
  const strict = spec.params.strict()
  return {
    name: spec.name,
    property: spec.property,
    needsAnswers: spec.needsAnswers ?? false,
    params: spec.params,
    plant(given, options) {
      strict.parse(given)
      const params = spec.params.parse(given)
      return (request) => spec.reply(request, params, options)
    },
    ...(spec.compact !== undefined && {
      compact(given) {
        const params = spec.params.parse(given)
        return (request) => spec.compact?.(request, params) ?? ''
      },
    }),
  }
}
