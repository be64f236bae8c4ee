import http from 'node:http'
import https from 'node:https'
import { AssayError } from '../../assay-error.ts'

/** How requests to one address leave this machine. */
export interface Connection {
  readonly agent: http.Agent
  /** Host and port of the proxy, where one is used; never its password. */
  readonly proxy?: string
}

const keepAlive = { keepAlive: true, maxSockets: Infinity, maxFreeSockets: 256, timeout: 0 } as const

const proxyVariables = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY']

/**
 * Connections that are kept open between calls, straight or through the proxy that HTTP_PROXY, HTTPS_PROXY, ALL_PROXY
 * and NO_PROXY (in either letter case) ask for. The proxy packages are loaded only when a proxy is set.
 *
 * @throws AssayError `model/bad-proxy` when the proxy is not an http(s) URL
 */
export async function connectionTo(url: URL): Promise<Connection> {
  const proxy = proxyVariables.some(isSet) ? await proxyFor(url) : undefined
  if (proxy === undefined) {
    return { agent: url.protocol === 'https:' ? new https.Agent(keepAlive) : new http.Agent(keepAlive) }
  }
  if (url.protocol === 'https:') {
    const { HttpsProxyAgent } = await import('https-proxy-agent')
    return { agent: new HttpsProxyAgent(proxy, keepAlive), proxy: proxy.host }
  }
  const { HttpProxyAgent } = await import('http-proxy-agent')
  return { agent: new HttpProxyAgent(proxy, keepAlive), proxy: proxy.host }
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
