import { AssayError } from '../assay-error.ts'
import type { Secret } from '../record/index.ts'
import type { Provider } from './providers.ts'

type Env = { readonly [name: string]: string | undefined }

/** Headers, variables and fields of a query that hold a secret by their name. */
const SECRET_NAME = /auth|cookie|credential|key|pass(?:wd|word)|secret|session|sig(?:nature)?$|token/i
/** Keys of services that mark theirs. */
const MARKED = /^(?:sk|gsk|xai|pk|rk|AIza|hf|nvapi|ghp|glpat|xox[abp])[-_]?[\w-]{8,}$/

/** Whether a value can only be a key: marked as one, hexadecimal, or letters of both cases and digits at random. */
function looksSecret(value: string): boolean {
  if (MARKED.test(value) || /^[\da-f]{32,}$/i.test(value)) return true
  return /^[\w+/=]{20,}$/.test(value) && /\d/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value)
}

/** What of a header is secret: its value, and within it the key behind a scheme, a cookie's values, a password. */
function secretsOfHeader(name: string, value: string, variable = ''): readonly string[] {
  const key = /^[\w-]+\s+(\S+)$/.exec(value)?.[1] ?? value
  if (![name, variable].some((one) => SECRET_NAME.test(one)) && !looksSecret(key)) return []
  const cookies = /cookie/i.test(name) ? value.split(/;\s*/).map((pair) => pair.replace(/^[^=]*=/, '')) : []
  const login = /^basic\s/i.test(value) ? Buffer.from(key, 'base64').toString() : ''
  return [value, key, ...cookies, login, login.replace(/^[^:]*:/, '')]
}

/**
 * The secrets that requests to a provider hold: its key, and what of its headers no file may keep.
 *
 * @returns pairs of where each is from (a variable, else a header) and its value
 */
export function secretsSent(provider: Partial<Provider>, env: Env): readonly Secret[] {
  const { keys = [], headers = {}, headersFrom = {} } = provider
  return [
    ...keys.map((variable) => [variable, env[variable] ?? ''] as const),
    ...Object.entries(headers).flatMap(([name, value]) =>
      secretsOfHeader(name, value).map((secret) => [name, secret] as const),
    ),
    ...Object.entries(headersFrom).flatMap(([name, variable]) =>
      secretsOfHeader(name, env[variable] ?? '', variable).map((secret) => [variable, secret] as const),
    ),
  ]
}

/**
 * Refuses addresses that would put a secret into files, since names are written there.
 *
 * @throws AssayError `model/secret-in-name`
 */
export function refuseSecrets(url: URL): void {
  const todo = 'give it as a header in assay.config.ts (providers), or in an environment variable'
  const refused = (what: string): AssayError =>
    new AssayError(
      'model/secret-in-name',
      `The address of ${url.host} holds ${what}, and names are written to files: ${todo}.`,
    )
  if (url.username !== '' || url.password !== '') throw refused('a user name or password')
  for (const [name, value] of url.searchParams)
    if (SECRET_NAME.test(name) || [name, value].some(looksSecret))
      throw refused(`a key (in its query, as ${safeName(name)})`)
  if (url.pathname.split('/').some((part) => MARKED.test(part))) throw refused('a key (in its path)')
}

/** A field without a value may be the key itself. */
function safeName(name: string): string {
  return looksSecret(name) || name.length > 40 ? 'a field of its own' : `"${name}"`
}

/** An address with more behind its path, without a slash at its end; a query stays behind it. */
export function withPath(address: string | URL, path: string): string {
  const url = new URL(address)
  url.pathname = url.pathname.replace(/\/$/, '') + path
  return url.search === '' ? url.href.replace(/\/$/, '') : url.href
}
