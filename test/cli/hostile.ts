/** What a terminal would obey, and what an eye would not see: C0, C1, a title, marks of direction, zero width, tags. */
export const HOSTILE =
  '\u001b[2J\u001b]0;own\u0007\u009b31m\u009d0;x\u009c\u202egpj.\u2066\u200b\u200d\u2060\u0000\b\r\u007f\u00ad\u2028\ufeff\u{e0041}\u3164'

/** Any of it; line feeds and tabs are let be. */
const OBEYED =
  /[\p{Cc}\p{Bidi_Control}\u00ad\u115f\u1160\u180e\u200b\u2028\u2029\u2060-\u2064\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e0fff}]/u

/** Whether a text holds none of it. */
export function isHarmless(text: string): boolean {
  return !OBEYED.test(text.replaceAll(/[\n\t]/g, ''))
}

/**
 * The value once for each text and each name in it, with that one made hostile: so every field is tried, whatever it is
 * called.
 */
export function hostileVariants(value: unknown): readonly unknown[] {
  if (typeof value === 'string') return [`${value}${HOSTILE}`]
  if (Array.isArray(value))
    return value.flatMap((part, index) => hostileVariants(part).map((variant) => value.with(index, variant)))
  if (typeof value !== 'object' || value === null) return []
  const entries = Object.entries(value)
  return entries.flatMap(([name, part]) => [
    Object.fromEntries(entries.map(([each, was]) => [each === name ? `${name}${HOSTILE}` : each, was])),
    ...hostileVariants(part).map((variant) => ({ ...value, [name]: variant })),
  ])
}
