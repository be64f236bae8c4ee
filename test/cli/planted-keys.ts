import fs from 'node:fs'
import path from 'node:path'

/** A secret in every place that a request may carry one. */
export const SECRETS = {
  key: 'mistral7Qw2/eR4+tY6uI8oP0aS2dF4',
  bearer: 'bearer9zX8cV7bN6mM5lK4jH3gF2dS1',
  named: 'named1234 with blanks',
  cookie: 'cookie5tG6hY7jU8kI9oL0',
  password: 'password-of-somebody',
  variable: 'variable3eD4rF5tG6yH7',
  elsewhere: 'elsewhere8Hn5Bg6Vf7Cd',
  listed: 'listed0Pl9Ok8Ij7Uh6Yg',
} as const

/** A configuration that sends them all to this address: as the provider `mine`, and as the agent `bot`. */
export const CONFIG = (address: string): string => `
process.env.MINE_THING = ${JSON.stringify(`${SECRETS.key}\n`)}
process.env.MINE_AUTH = ${JSON.stringify(SECRETS.variable)}
process.env.OTHER_API_KEY = ${JSON.stringify(SECRETS.elsewhere)}
process.env.MY_OWN = ${JSON.stringify(SECRETS.listed)}
export default { redact: ['MY_OWN'], agents: {
  bot: { url: ${JSON.stringify(`${address.replace(/[?].*/, '')}/bot`)}, headersFrom: { 'x-var': 'MINE_AUTH' } },
  teller: { command: ['sh', '-c', 'echo "$MINE_THING $MINE_AUTH $OTHER_API_KEY $MY_OWN"; echo "$MINE_THING" >&2; exit 1'] },
}, providers: { mine: {
  baseUrl: ${JSON.stringify(address)}, keys: ['MINE_THING'], auth: 'api-key', headersFrom: { 'x-var': 'MINE_AUTH' },
  headers: {
    authorization: ${JSON.stringify(`Bearer ${SECRETS.bearer}`)}, 'x-api-token': ${JSON.stringify(SECRETS.named)},
    cookie: ${JSON.stringify(`lang=en; session=${SECRETS.cookie}`)}, 'x-team': 'evaluations',
    'proxy-authorization': ${JSON.stringify(`Basic ${Buffer.from(`me:${SECRETS.password}`).toString('base64')}`)},
  },
} } }`

/** A secret, in the forms in which it could lie in a file. */
export function formsOf(secret: string): readonly string[] {
  const at = [0, 1, 2].map((before) =>
    Buffer.from(`${'x'.repeat(before)}${secret}`)
      .toString('base64')
      .slice(4, -4),
  )
  return [secret, ...[4, 9].map((from) => secret.slice(from, from + 10)), encodeURIComponent(secret), ...at]
}

/** All that is in the files of a folder but its configuration. */
export function everything(folder: string): string {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('assay.config'))
    .map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), 'latin1'))
    .join('\n')
}

export const headersOf: (request: { readonly headers: object }) => string = ({ headers }) => JSON.stringify(headers)
/** A text as it is, in an address, and in base64 at each place. */
export const encodings = (text: string): string =>
  [text, encodeURIComponent(text), ...[0, 1, 2].map((n) => Buffer.from('x'.repeat(n) + text).toString('base64'))].join(
    ' ',
  )
