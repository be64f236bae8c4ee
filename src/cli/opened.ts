import { openModel, shareLimiters, type Model } from '../model/index.ts'
import { withInside } from '../inside/index.ts'
import type { Config } from '../project/index.ts'
import type { JsonObject } from '../record/index.ts'

type OnLimit = (provider: string, change: JsonObject) => void

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
    const model = await openModel(name, {
      limiters,
      asks,
      ...(config.providers !== undefined && { providers: config.providers }),
      ...(config.prices !== undefined && { prices: config.prices }),
    })
    return withInside(model)
  }
}
