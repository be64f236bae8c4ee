import { Agent, type Dispatcher, ProxyAgent } from 'undici'
import { AssayError } from '../../assay-error.ts'

/** How requests to one address leave this machine. */
export interface Connection {
  readonly dispatcher: Dispatcher
  /** Host and port of the proxy, where one is used; never its password. */
  readonly proxy?: string
}

/** Each post has its own limits of time: these only end connections that nobody waits for any more. */
const options = {
  allowH2: false,
  bodyTimeout: 0,
  headersTimeout: 0,
  connectTimeout: 600_000,
  keepAliveTimeout: 60_000,
} as const

const proxyVariables = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY']

/**
 * Connections that are kept open between calls, straight or through the proxy that HTTP_PROXY, HTTPS_PROXY, ALL_PROXY
 * and NO_PROXY (in either letter case) ask for.
 *
 * @throws AssayError `model/bad-proxy` when the proxy is not an http(s) URL
 */
export async function connectionTo(url: URL): Promise<Connection> {
  const proxy = proxyVariables.some(isSet) ? await proxyFor(url) : undefined
  return proxy === undefined
    ? { dispatcher: new Agent(options) }
    : { dispatcher: new ProxyAgent({ uri: proxy.href, ...options }), proxy: proxy.host }
}

function isSet(name: string): boolean {
  return [name, name.toLowerCase()].some((one) => (process.env[one] ?? '') !== '')
}

async function proxyFor(url: URL): Promise<URL | undefined> {
  const { getProxyForUrl } = await import('proxy-from-env')
  const text = getProxyForUrl(url.href)
  if (text === '') return undefined
  const proxy = URL.parse(text)
  if (proxy === null || !/^https?:$/.test(proxy.protocol)) {
    throw new AssayError(
      'model/bad-proxy',
      `The proxy for ${url.host} in the environment is not an http or https address: correct it, or add ${url.hostname} to NO_PROXY.`,
    )
  }
  return proxy
}
