import { AssayError, didYouMean } from '../assay-error.ts'
import { openModel, ownAgent, shareLimiters, type Model, type OwnAgent } from '../model/index.ts'
import { withInside } from '../inside/index.ts'
import type { Config } from '../project/index.ts'
import type { JsonObject } from '../record/index.ts'

type OnLimit = (provider: string, change: JsonObject) => void

/** @throws AssayError `cli/unknown-agent` with those that the config declares */
function rowOf(name: string, { agents = {} }: Config): OwnAgent {
  const row = Object.hasOwn(agents, name) ? agents[name] : undefined
  if (row !== undefined) return row
  const known = Object.keys(agents)
  throw new AssayError(
    'cli/unknown-agent',
    known.length === 0
      ? `There is no agent "${name}": assay.config.ts declares none. Declare it under agents (docs/models.md).`
      : `There is no agent "${name}".${didYouMean(name, known)} Agents of assay.config.ts: ${known.join(', ')}.`,
  )
}

/**
 * Opens models by the config's rows, with limiters that all of them share.
 *
 * @param options.asks whether they will be called; a model that is only looked at needs no key
 */
export function opener(
  config: Config,
  { asks = true }: { readonly asks?: boolean } = {},
): (name: string, onLimit?: OnLimit) => Promise<Model> {
  let told: OnLimit | undefined
  const limiters = shareLimiters({ onChange: ({ provider, ...change }) => told?.(provider, change) })
  return async (name, onLimit) => {
    told = onLimit
    const own = /^agent\/(.+)$/.exec(name)?.[1]
    if (own !== undefined) return ownAgent(own, rowOf(own, config))
    const model = await openModel(name, {
      limiters,
      asks,
      ...(config.providers !== undefined && { providers: config.providers }),
      ...(config.prices !== undefined && { prices: config.prices }),
    })
    return withInside(model)
  }
}
