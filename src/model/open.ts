import { AssayError } from '../assay-error.ts'
import { withholder } from '../record/index.ts'
import { realEffects, type Effects } from './effects.ts'
import type { LimitChange, Limiter } from './limiter.ts'
import type { Price } from './cost.ts'
import type { Model } from './model.ts'
import { parseModelName, type ModelName } from './names.ts'
import { pricingOf } from './prices.ts'
import { plainProvider, providers, quirksOf, type Provider } from './providers.ts'
import { refuseSecrets, secretsSent, withPath } from './secrets.ts'
import type { RetryPolicy } from './retry.ts'
import type { Timeouts } from './http/timeouts.ts'

/** Everything has a default; a run passes `limiters`, so that its models share them. */
export interface OpenOptions {
  /** Rows that change or add providers, by name or, for addresses, by origin (`http://127.0.0.1:8080`). */
  readonly providers?: { readonly [name: string]: Partial<Provider> }
  /** Prices by the model's full name, before the built-in table. */
  readonly prices?: { readonly [model: string]: Price }
  /** Where keys and addresses are looked up. Default: the process's environment. */
  readonly env?: { readonly [name: string]: string | undefined }
  readonly timeouts?: Partial<Timeouts>
  readonly retries?: Partial<RetryPolicy>
  readonly limiters?: Limiters
  /** Bytes of one reply, without the frame of its stream; a longer reply is a `bad-reply`. Default 64 MiB. */
  readonly maxReplyBytes?: number
  /** Context window in tokens, where the caller knows it. */
  readonly window?: number
  readonly effects?: Effects
  /** `false`: the model is only looked at, and no call is made. Then a key that is not set is no fault. Default: true. */
  readonly asks?: boolean
  /** Passed on for local models. */
  readonly local?: { readonly workers?: number; readonly contextSize?: number; readonly cacheDir?: string }
}

/** One limiter a provider. */
export type Limiters = (provider: string) => Promise<Limiter>

const defaultMaxReplyBytes = 64 * 1024 * 1024

/**
 * Limiters that all models of a run share, made when a provider is first used.
 *
 * @param options.most calls in flight at one provider, at most
 * @param options.onChange told of every change of a limit
 */
export function shareLimiters(
  options: {
    readonly most?: number
    readonly onChange?: (change: LimitChange) => void
    readonly effects?: Effects
  } = {},
): Limiters {
  const { effects = realEffects, most, onChange } = options
  const made = new Map<string, Promise<Limiter>>()
  return (provider) => {
    const known = made.get(provider)
    if (known !== undefined) return known
    const making = import('./limiter.ts').then(({ createLimiter }) =>
      createLimiter({
        provider,
        clock: effects.clock,
        sleep: effects.sleep,
        ...(most === undefined ? {} : { most }),
        ...(onChange === undefined ? {} : { onChange }),
      }),
    )
    made.set(provider, making)
    return making
  }
}

/**
 * Opens a model by its name. What a kind of model needs is loaded only now.
 *
 * @throws AssayError `model/bad-name`, `model/unknown-provider`, `model/secret-in-name` for the name
 * @throws AssayError `model/no-key` no environment variable holds the key
 * @throws AssayError `model/no-address` the provider's address is not set, or is none
 * @throws AssayError `model/bad-proxy` the proxy in the environment is no address
 */
export async function openModel(name: string, options: OpenOptions = {}): Promise<Model> {
  const known = knownProviders(options)
  const parsed = parseModelName(name, known)
  switch (parsed.provider) {
    case 'local': {
      const { openLocal } = await import('./local/index.ts')
      return { ...(await openLocal(name, options.local)), pricing: pricingOf(name, options.prices) }
    }
    case 'control': {
      const { openControl } = await import('./control/index.ts')
      return { ...openControl(name), pricing: pricingOf(name, options.prices) }
    }
    case 'http':
      return openHttp(name, parsed, known, options)
  }
}

function knownProviders(options: OpenOptions): { readonly [name: string]: Provider } {
  const changed = Object.entries(options.providers ?? {}).map(([name, row]) => {
    const base = (Object.hasOwn(providers, name) ? providers[name] : undefined) ?? plainProvider
    const merged: Provider = { ...base, ...row, quirks: { ...base.quirks, ...row.quirks } }
    return [name, merged] as const
  })
  return { ...providers, ...Object.fromEntries(changed) }
}

async function openHttp(
  name: string,
  parsed: Extract<ModelName, { provider: 'http' }>,
  known: { readonly [name: string]: Provider },
  options: OpenOptions,
): Promise<Model> {
  const { service } = parsed
  const env = options.env ?? process.env
  const effects = options.effects ?? realEffects
  const provider = (Object.hasOwn(known, service) ? known[service] : undefined) ?? plainProvider
  const baseUrl = parsed.baseUrl ?? addressOf(service, provider, env)
  const [{ httpModel }, { connectionTo }, { defaultTimeouts }, { defaultRetries }] = await Promise.all([
    import('./http/http-model.ts'),
    import('./http/connection.ts'),
    import('./http/timeouts.ts'),
    import('./retry.ts'),
  ])
  const limiters = options.limiters ?? shareLimiters({ effects })
  return httpModel({
    name,
    asked: {
      provider: service,
      model: parsed.model,
      baseUrl,
      keys: provider.keys,
      withhold: withholder(secretsSent(provider, env).map(([, secret]) => secret)),
    },
    headers: headersOf(name, provider, env, options.asks ?? true),
    quirks: quirksOf(provider, baseUrl === provider.baseUrl),
    stream: provider.stream ?? true,
    connection: await connectionTo(new URL(baseUrl)),
    limiter: await limiters(service),
    retries: { ...defaultRetries, ...options.retries },
    timeouts: { ...defaultTimeouts, ...options.timeouts },
    maxReplyBytes: options.maxReplyBytes ?? defaultMaxReplyBytes,
    effects,
    pricing: pricingOf(name, options.prices),
    ...(options.window === undefined ? {} : { window: options.window }),
  })
}

function addressOf(service: string, provider: Provider, env: NonNullable<OpenOptions['env']>): string {
  const { baseUrl, baseUrlFrom } = provider
  const given = baseUrlFrom === undefined ? '' : (env[baseUrlFrom.variable] ?? '').trim()
  const address = given === '' ? baseUrl : given
  if (address === undefined) {
    const todo = baseUrlFrom === undefined ? `give it a baseUrl in the configuration` : `set ${baseUrlFrom.variable}`
    throw new AssayError('model/no-address', `${service} has no address: ${todo}`)
  }
  const url = URL.parse(address)
  if (url === null || !/^https?:$/.test(url.protocol)) {
    const where = given === '' ? `the baseUrl of ${service}` : (baseUrlFrom?.variable ?? service)
    throw new AssayError('model/no-address', `${where} is not an http or https address: correct it.`)
  }
  refuseSecrets(url)
  const path = given === '' ? '' : (baseUrlFrom?.path ?? '')
  return withPath(url, url.pathname.replace(/\/$/, '').endsWith(path) ? '' : path)
}

function headersOf(
  name: string,
  provider: Provider,
  env: NonNullable<OpenOptions['env']>,
  asks: boolean,
): { readonly [name: string]: string } {
  const variable = provider.keys.find((one) => (env[one] ?? '') !== '')
  if (asks && variable === undefined && provider.keys.length > 0) {
    throw new AssayError('model/no-key', `${name} needs a key: set ${provider.keys.join(' or ')}.`)
  }
  const key = variable === undefined ? undefined : env[variable]?.trim()
  if (key !== undefined && !/^[\u0021-\u007e]+$/.test(key)) {
    throw new AssayError('model/no-key', `The key in ${variable} holds characters that no key has: set it again.`)
  }
  const fromEnv = Object.entries(provider.headersFrom ?? {}).flatMap(([header, from]) => {
    const value = env[from]
    return value === undefined || value === '' ? [] : [[header, value] as const]
  })
  return {
    'user-agent': 'assay',
    ...provider.headers,
    ...Object.fromEntries(fromEnv),
    ...(key === undefined ? {} : provider.auth === 'api-key' ? { 'api-key': key } : { authorization: `Bearer ${key}` }),
  }
}
