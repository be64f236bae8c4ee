import { reasonOf } from '../../assay-error.ts'
import type { FailureKind } from '../model.ts'
import type { EndpointAgent } from './agent-row.ts'
import { filledJson, type Said } from './mapping.ts'
import type { Came } from './own-agent.ts'

const KINDS: Readonly<Record<number, FailureKind>> = {
  401: 'unauthorized',
  403: 'unauthorized',
  408: 'timeout',
  429: 'rate-limited',
}

/** Asks the address once. A redirect is not followed: it may lead to a page to log in at. */
export async function askEndpoint(
  { url, body = { prompt: '{{prompt}}' } }: EndpointAgent,
  said: Said,
  {
    headers,
    signal,
    most,
  }: { readonly headers: Readonly<Record<string, string>>; readonly signal: AbortSignal; readonly most: number },
): Promise<Came> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(filledJson(body, said)),
      redirect: 'manual',
      signal,
    })
    const text = await textOf(response, most)
    if (text === undefined)
      return { type: 'failed', kind: 'bad-reply', why: `it answered with more than ${most} bytes`, again: false }
    if (response.ok) return { type: 'text', text }
    return refused(response, text)
  } catch (cause) {
    if (signal.aborted) return { type: 'failed', kind: 'aborted', why: 'it was stopped', again: false }
    const why = cause instanceof Error && cause.cause !== undefined ? reasonOf(cause.cause) : reasonOf(cause)
    return { type: 'failed', kind: 'unreachable', why: `it cannot be reached: ${why}`, again: true }
  }
}

function refused({ status, headers }: Response, text: string): Came {
  const kind = KINDS[status] ?? (status >= 500 ? 'server-error' : status >= 400 ? 'bad-request' : 'bad-reply')
  const after = Number(headers.get('retry-after'))
  const line = text.replaceAll(/\s+/g, ' ').trim().slice(0, 200)
  const page = /^<(?:!doctype|html)/i.test(line)
  const said = page ? ' with a web page (HTML)' : line === '' ? '' : `: ${line}`
  return {
    type: 'failed',
    kind,
    status,
    why: `it answered ${status}${status >= 300 && status < 400 ? ' (a redirect, which is not followed)' : ''}${said}`,
    again: kind === 'rate-limited' || kind === 'server-error' || kind === 'timeout',
    ...(Number.isFinite(after) && after > 0 && { retryAfterMs: 1000 * after }),
  }
}

/** The body; undefined where it is longer than is read. */
async function textOf({ body }: Response, most: number): Promise<string | undefined> {
  if (body === null) return ''
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of body) {
    size += part.length
    if (size > most) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
