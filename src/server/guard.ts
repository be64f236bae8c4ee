import type { MiddlewareHandler } from 'hono'

/** What a page may do: show what came with it, from this server alone. No script but our own file, no frame, no form. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export const SAFE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
}

/**
 * Lets through only what this machine's own page asks: a request by another host's name (DNS rebinding) or from another
 * site is refused before any route sees it, and so is every method that writes, but for notes: those the page itself must
 * send, as JSON, which no form and no other site can without being asked first.
 *
 * @param port as bound; asked for with each request, since it is known only once the server listens
 */
export function guard(port: () => number): MiddlewareHandler {
  return async (context, next) => {
    const refused = refusal(context.req.raw, port())
    if (refused !== undefined) {
      context.res = Response.json(
        { error: { code: refused.code, message: refused.message } },
        { status: refused.status, headers: SAFE_HEADERS },
      )
      return
    }
    await next()
    for (const [name, value] of Object.entries(SAFE_HEADERS)) context.res.headers.set(name, value)
  }
}

interface Refusal {
  readonly status: 403 | 405 | 421
  readonly code: string
  readonly message: string
}

function refusal(request: Request, port: number): Refusal | undefined {
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`])
  const host = request.headers.get('host') ?? ''
  if (!hosts.has(host.toLowerCase()))
    return {
      status: 421,
      code: 'server/wrong-host',
      message: `This server answers to 127.0.0.1:${port} and localhost:${port} only.`,
    }
  const writes = request.method !== 'GET' && request.method !== 'HEAD'
  if (writes && !isNote(request))
    return { status: 405, code: 'server/reads-only', message: 'Nothing but notes can be written here.' }
  const site = request.headers.get('sec-fetch-site')
  const origin = request.headers.get('origin')
  const foreign =
    (origin === null ? writes : ![...hosts].some((own) => origin === `http://${own}`)) ||
    site === 'cross-site' ||
    site === 'same-site'
  // A link from elsewhere may open the page itself; it may not read from the API.
  const opens =
    request.headers.get('sec-fetch-mode') === 'navigate' && !new URL(request.url).pathname.startsWith('/api/')
  if (foreign && !opens)
    return { status: 403, code: 'server/cross-site', message: 'Another site asked for this; it is not given out.' }
  return undefined
}

/** A note to be written: to the address of a run's notes alone, as JSON. */
function isNote(request: Request): boolean {
  return (
    request.method === 'POST' &&
    /^\/api\/runs\/[^/]+\/notes$/.test(new URL(request.url).pathname) &&
    request.headers.get('content-type')?.split(';')[0]?.trim() === 'application/json'
  )
}
