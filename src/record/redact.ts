/** Replaces every secret in a line of JSON by `[redacted:NAME]`. */
export type Redact = (line: string) => string

/** Values shorter than this are left alone: replacing "1" everywhere would damage a record, not protect a key. */
const SHORTEST = 8
const SECRET_NAME = /(_|^)(API_?KEY|KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS?)$/i

/** The secrets of an environment: variables whose name says so and whose value is long enough to be one. */
export function secretsIn(environment: Readonly<Record<string, string | undefined>>): ReadonlyMap<string, string> {
  const secrets = new Map<string, string>()
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && value.length >= SHORTEST && SECRET_NAME.test(name)) secrets.set(name, value)
  }
  return secrets
}

/**
 * @param secrets name to value; longer values are replaced first, so that one inside another leaves no rest
 * @returns the identity when there is nothing to hide
 */
export function redactor(secrets: ReadonlyMap<string, string>): Redact {
  const needles = [...secrets]
    .filter(([, value]) => value.length >= SHORTEST)
    .map(([name, value]) => ({ name, text: JSON.stringify(value).slice(1, -1) }))
    .toSorted((a, b) => b.text.length - a.text.length)
  if (needles.length === 0) return (line) => line
  return (line) => {
    let clean = line
    for (const { name, text } of needles) {
      if (clean.includes(text)) clean = clean.replaceAll(text, `[redacted:${name}]`)
    }
    return clean
  }
}
