/**
 * How texts are drawn in studies that look inside a model, where `--temperature` says nothing else: tokens less likely
 * than `minP` of the likeliest are left out, and the rest are drawn at the temperature.
 */
export const SAMPLING = { temperature: 0.8, minP: 0.05 } as const

/** The same as a plan records it. */
export const DRAWN: Readonly<Record<'temperature' | 'min-p', number>> = {
  temperature: SAMPLING.temperature,
  'min-p': SAMPLING.minP,
}
