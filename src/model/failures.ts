import { parseJson } from '../record/index.ts'
import { z } from 'zod'
import type { FailureKind } from './model.ts'
import { saysOverflow } from './overflow.ts'
import { fieldAt, fieldsIn, refuses, remedyFor } from './refused-field.ts'

/** One try that brought no reply. */
export interface TryFailure {
  readonly kind: FailureKind
  readonly message: string
  readonly status?: number
  readonly retryAfterMs?: number
  /** False where asking again cannot help, whatever the kind. */
  readonly again: boolean
}

/** Whom we asked, as far as a message may name it. */
export interface Asked {
  /** `openai`, or an endpoint's origin. */
  readonly provider: string
  readonly model: string
  readonly baseUrl: string
  /** Environment variables that may hold the key. */
  readonly keys: readonly string[]
  /** Takes what was sent in secret out of what came back: before it is cut, since half a key is one too. */
  readonly withhold: (text: string) => string
}

export type Headers = { readonly [name: string]: string | readonly string[] | undefined }

const kinds: { readonly [status: number]: FailureKind } = {
  401: 'unauthorized',
  402: 'unauthorized',
  403: 'unauthorized',
  408: 'timeout',
  409: 'server-error',
  425: 'server-error',
  429: 'rate-limited',
}

function kindOfStatus(status: number): FailureKind {
  return kinds[status] ?? (status >= 500 ? 'server-error' : status >= 400 ? 'bad-request' : 'bad-reply')
}

/** Codes and types inside error objects; they decide where there is no status, and where the status misleads. */
const codes: { readonly [code: string]: { readonly kind: FailureKind; readonly again: boolean } } = {
  insufficient_quota: { kind: 'unauthorized', again: false },
  billing_hard_limit_reached: { kind: 'unauthorized', again: false },
  billing_not_active: { kind: 'unauthorized', again: false },
  insufficient_balance: { kind: 'unauthorized', again: false },
  rate_limit_exceeded: { kind: 'rate-limited', again: true },
  rate_limit_error: { kind: 'rate-limited', again: true },
  too_many_requests: { kind: 'rate-limited', again: true },
  RESOURCE_EXHAUSTED: { kind: 'rate-limited', again: true },
  overloaded_error: { kind: 'server-error', again: true },
  server_error: { kind: 'server-error', again: true },
  api_error: { kind: 'server-error', again: true },
  internal_error: { kind: 'server-error', again: true },
  service_unavailable: { kind: 'server-error', again: true },
  UNAVAILABLE: { kind: 'server-error', again: true },
  INTERNAL: { kind: 'server-error', again: true },
  timeout: { kind: 'timeout', again: true },
  cut_stream: { kind: 'cut-stream', again: true },
  invalid_api_key: { kind: 'unauthorized', again: false },
  authentication_error: { kind: 'unauthorized', again: false },
  permission_error: { kind: 'unauthorized', again: false },
  invalid_request_error: { kind: 'bad-request', again: false },
  model_not_found: { kind: 'bad-request', again: false },
}

const retried: ReadonlySet<FailureKind> = new Set([
  'rate-limited',
  'server-error',
  'timeout',
  'cut-stream',
  'unreachable',
])

const errorObject = z.looseObject({
  message: z.unknown().optional(),
  code: z.unknown().optional(),
  type: z.unknown().optional(),
  status: z.unknown().optional(),
  param: z.string().optional().catch(undefined),
  loc: z
    .array(z.union([z.string(), z.number()]))
    .optional()
    .catch(undefined),
  metadata: z.looseObject({ raw: z.unknown().optional() }).optional().catch(undefined),
  details: z
    .array(z.looseObject({ retryDelay: z.string().optional().catch(undefined) }))
    .optional()
    .catch(undefined),
})

interface Said {
  readonly message: string
  readonly codes: readonly string[]
  /** Fields of the request that it does not take. */
  readonly fields: readonly string[]
  readonly status?: number
  readonly retryAfterMs?: number
}

/** An error object, or an error answer's whole body, in any of the shapes that servers use. */
function readError(wire: unknown): Said {
  if (typeof wire === 'string') return { message: wire, codes: [], fields: fieldsIn(wire) }
  if (Array.isArray(wire)) return together(wire.map(readError))
  const parsed = errorObject.safeParse(wire)
  if (!parsed.success) return { message: '', codes: [], fields: [] }
  const { message, code, type, status, param, loc, metadata, details } = parsed.data
  const inner = parsed.data['error'] ?? parsed.data['detail'] ?? parsed.data['errors']
  if (message === undefined && inner !== undefined) return readError(inner)
  if (typeof message === 'object' && message !== null) return readError(message)
  const raw = metadata?.raw
  const delay = details?.map((one) => /^([\d.]+)s$/.exec(one.retryDelay ?? '')?.[1]).find((one) => one !== undefined)
  const number = [code, status].find((one) => typeof one === 'number' && one >= 400 && one < 600)
  const text = [message ?? parsed.data['msg'], raw].flatMap(said).join(': ')
  const codes = [code, type, status].filter((one) => typeof one === 'string')
  const named = loc !== undefined ? fieldAt(loc) : param !== undefined && param !== '' ? [param] : []
  return {
    message: text,
    codes,
    fields: named.length > 0 && refuses(`${text} ${codes.join(' ')}`) ? named : fieldsIn(text),
    ...(typeof number === 'number' ? { status: number } : {}),
    ...(delay === undefined ? {} : { retryAfterMs: Number(delay) * 1000 }),
  }
}

/** Several issues of one answer. */
function together(issues: readonly Said[]): Said {
  const [first] = issues
  return {
    ...first,
    message: issues.flatMap(({ message }) => (message === '' ? [] : [message])).join('; '),
    codes: issues.flatMap(({ codes }) => codes),
    fields: issues.flatMap(({ fields }) => fields),
  }
}

function said(value: unknown): readonly string[] {
  if (value === undefined || value === null || value === '') return []
  return [typeof value === 'string' ? value : JSON.stringify(value)]
}

/** What to do, by status. */
const advice: { readonly [status: number]: string } = {
  402: 'top up the account',
  404: 'check the model name and the base URL',
  407: 'the proxy wants other credentials: check HTTP_PROXY and HTTPS_PROXY',
  405: 'check the base URL: it should end before /chat/completions',
  413: 'send less',
}

function whatToDo(kind: FailureKind, told: Said, asked: Asked): string | undefined {
  const remedy = remedyFor(told.fields, asked.provider)
  if (remedy !== undefined) return remedy
  const byStatus = told.status === undefined ? undefined : advice[told.status]
  if (byStatus !== undefined) return byStatus
  if (kind !== 'unauthorized') return undefined
  if (told.status === 429) return 'the account has nothing left to spend: top it up'
  const keys =
    asked.keys.length === 0 ? 'name its key in the configuration' : `check the key in ${asked.keys.join(' or ')}`
  return told.status === 403 ? `the key may not use ${asked.model} here, or the request was refused` : keys
}

/** One line, at most 400 characters, with nothing in it that is a key or looks like one. */
export function oneLine({ withhold }: Pick<Asked, 'withhold'>, text: string): string {
  const line = withhold(text)
    .replaceAll(/\p{Cc}+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\b(sk|gsk|xai|key|pk|rk|AIza|hf|nvapi)[-_][\w*.-]{8,}/g, '[key]')
    .trim()
  return line.length > 400 ? `${line.slice(0, 399).toWellFormed()}…` : line
}

function compose(asked: Asked, kind: FailureKind, told: Said): string {
  const { status, message, fields } = told
  const answered = status === undefined ? `${asked.provider} reported` : `${asked.provider} answered ${status}`
  const refused =
    fields.length === 0 ? '' : ` and refused the field${fields.length > 1 ? 's' : ''} ${fields.join(', ')}`
  const todo = whatToDo(kind, told, asked)
  return oneLine(
    asked,
    `${answered}${refused}: ${message === '' ? 'no reason given' : message}${todo === undefined ? '' : ` → ${todo}`}`,
  )
}

/**
 * An error answer: status, headers, body.
 *
 * @param sent the request's body: a message that quotes it is told from one that speaks of it
 */
export function failureOfAnswer(
  asked: Asked,
  status: number,
  headers: Headers,
  body: string,
  wallClock: number,
  sent = '',
): TryFailure {
  const moved = header(headers, 'location')
  if (status >= 300 && status < 400) {
    const message = `${asked.provider} answered ${status}${moved === undefined ? '' : ` and points to ${moved}`} → set the base URL to where the service is`
    return { kind: 'bad-reply', message: oneLine(asked, message), status, again: false }
  }
  const html = looksLikeHtml(body) || header(headers, 'content-type')?.includes('text/html') === true
  const told = html ? { message: htmlTitle(body), codes: [], fields: [] } : readError(parsed(body))
  const failure = failureOf(asked, { ...told, status }, sent)
  const waits = retryAfter(headers, wallClock)
  const should = header(headers, 'x-should-retry')
  return {
    ...failure,
    ...(waits === undefined ? {} : { retryAfterMs: waits }),
    again: should === 'true' || (should !== 'false' && failure.again),
  }
}

/**
 * An error object in the middle of a stream, or in an answer that says 200.
 *
 * @param sent the request's body
 */
export function failureOfError(asked: Asked, error: unknown, sent = ''): TryFailure {
  return failureOf(asked, readError(error), sent)
}

function failureOf(asked: Asked, told: Said, sent: string): TryFailure {
  const { kind, again } = classify(told, sent)
  const ours = (field: string): boolean => sent === '' || sent.includes(`"${field.split('.')[0]}"`)
  const fields = kind === 'bad-request' ? [...new Set(told.fields)].filter(ours) : []
  const { status, retryAfterMs } = told
  return {
    kind,
    message: compose(asked, kind, { ...told, fields }),
    ...(status === undefined ? {} : { status }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    again,
  }
}

function classify(told: Said, sent: string): { readonly kind: FailureKind; readonly again: boolean } {
  if (saysOverflow({ ...told, sent })) return { kind: 'context-overflow', again: false }
  const byCode = told.codes.flatMap((code) => (Object.hasOwn(codes, code) ? [codes[code]] : []))
  const empty = byCode.find((row) => row?.kind === 'unauthorized')
  if (empty !== undefined) return empty
  if (told.status !== undefined) {
    const kind = kindOfStatus(told.status)
    return { kind, again: retried.has(kind) }
  }
  return byCode[0] ?? { kind: 'server-error', again: true }
}

/**
 * How long the provider asks us to wait, in milliseconds: `retry-after-ms`, or `retry-after` in seconds or as a date.
 *
 * @param wallClock milliseconds since 1970, for dates
 */
export function retryAfter(headers: Headers, wallClock: number): number | undefined {
  const ms = Number.parseFloat(header(headers, 'retry-after-ms') ?? '')
  if (Number.isFinite(ms) && ms >= 0) return ms
  const value = header(headers, 'retry-after')
  if (value === undefined) return undefined
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return Number.parseFloat(value) * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - wallClock)
}

export function header(headers: Headers, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value : value?.[0]
}

function parsed(body: string): unknown {
  try {
    return parseJson(body)
  } catch {
    return body
  }
}

function looksLikeHtml(body: string): boolean {
  return /^\s*(<!doctype html|<html|<head|<body)/i.test(body)
}

function htmlTitle(body: string): string {
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(body.slice(0, 10_000))?.[1]?.trim()
  return title === undefined || title === '' ? 'a web page' : `a web page ("${title}")`
}

/** An answer that says 200 and is no answer. */
export function failureOfReply(asked: Asked, status: number, what: string): TryFailure {
  const todo = `check that ${asked.baseUrl} speaks chat completions`
  return {
    kind: 'bad-reply',
    message: oneLine(asked, `${asked.provider} answered ${status} with ${what} → ${todo}`),
    status,
    again: false,
  }
}

export function describeBody(contentType: string | undefined, body: string): string {
  if (looksLikeHtml(body)) return htmlTitle(body)
  return contentType === undefined ? 'something that is not a reply' : `${contentType} instead of a reply`
}
