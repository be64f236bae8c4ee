import { isShallow } from '../../record/index.ts'
import type { IncomingMessage } from 'node:http'

/** A request's JSON body, or why there is none. */
export type Body =
  | { readonly type: 'json'; readonly value: unknown }
  | { readonly type: 'refused'; readonly status: number; readonly why: string }

/**
 * Reads a JSON body of at most `maxBytes`.
 *
 * The content type must be JSON: a web page in a browser cannot send that to another origin unasked, so no page that a
 * person happens to visit can drive a model on their machine.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Body> {
  if (request.headers['content-type']?.includes('json') !== true) {
    return { type: 'refused', status: 415, why: 'send the request as content-type: application/json' }
  }
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of request) {
      if (!Buffer.isBuffer(chunk)) continue
      bytes += chunk.length
      if (bytes > maxBytes) return { type: 'refused', status: 413, why: `the request is longer than ${maxBytes} bytes` }
      chunks.push(chunk)
    }
  } catch {
    return { type: 'refused', status: 400, why: 'the request broke off' }
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    return isShallow(value)
      ? { type: 'json', value }
      : { type: 'refused', status: 400, why: 'the request is nested too deep' }
  } catch {
    return { type: 'refused', status: 400, why: 'the request is not JSON' }
  }
}
