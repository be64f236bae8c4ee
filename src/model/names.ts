import { AssayError, nearest } from '../assay-error.ts'
import { providers, type Provider } from './providers.ts'
import { refuseSecrets, withPath } from './secrets.ts'

/** A model's name, taken apart. */
export type ModelName =
  /** In process; `model` is what follows `local/`. */
  | { readonly provider: 'local'; readonly model: string }
  /** Planted behaviour; `model` is what follows `control/`, its parameters included: `sleeper?p=0.3`. */
  | { readonly provider: 'control'; readonly model: string }
  /** Chat completions: a provider known by name, or an address. */
  | { readonly provider: 'http'; readonly service: string; readonly model: string; readonly baseUrl?: string }

/**
 * Takes `provider/model` or `http://host:port/v1#model` apart.
 *
 * @param known providers by name; a configuration may have added some
 * @throws AssayError `model/bad-name` no provider, no model, or an address without a model
 * @throws AssayError `model/unknown-provider` naming the nearest one
 * @throws AssayError `model/secret-in-name` an address with a user name, a password or a key
 */
export function parseModelName(
  text: string,
  known: { readonly [name: string]: Partial<Provider> } = providers,
): ModelName {
  if (/^https?:\/\//i.test(text)) return parseAddress(text)
  const slash = text.indexOf('/')
  const provider = slash === -1 ? text : text.slice(0, slash)
  const model = slash === -1 ? '' : text.slice(slash + 1)
  if (provider === 'local' || provider === 'control') {
    if (model !== '') return { provider, model }
    throw badName(text, `Name a model after ${provider}/.`)
  }
  if (!Object.hasOwn(known, provider)) {
    const names = ['local', 'control', ...Object.keys(known)]
    const near = nearest(provider, names)
    const hint =
      near === undefined
        ? `Write provider/model, such as openai/gpt-5. Providers: ${names.join(', ')}, or an address: http://host:port/v1#model.`
        : `Did you mean ${near}/${model === '' ? 'model' : model}?`
    throw new AssayError('model/unknown-provider', `"${text}" has no provider that Assay knows. ${hint}`)
  }
  if (model === '') throw badName(text, `Name a model after ${provider}/.`)
  return { provider: 'http', service: provider, model }
}

function parseAddress(text: string): ModelName {
  const url = URL.parse(text)
  // What it holds is not known, so none of it is said.
  if (url === null) throw badName('http…', 'It is not an address.')
  refuseSecrets(url)
  const model = decodeURIComponent(url.hash.slice(1))
  if (model === '') throw badName(text, 'Add the model after a #, as in http://127.0.0.1:8080/v1#qwen3.')
  url.hash = ''
  return { provider: 'http', service: url.origin, baseUrl: withPath(url, ''), model }
}

function badName(text: string, todo: string): AssayError {
  return new AssayError('model/bad-name', `"${text}" is not a model's name. ${todo}`)
}
