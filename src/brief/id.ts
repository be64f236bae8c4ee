/** Words of a sentence that make an id readable. */
const WORDS = 6

/**
 * An id from the first words of a sentence, not yet taken; it is taken then. Letters lose their accents; a sentence
 * without a Latin letter or digit becomes `claim`.
 */
export function uniqueId(text: string, taken: Set<string>): string {
  const words = text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g)
  const base = (words ?? []).slice(0, WORDS).join('-').slice(0, 60).replace(/-$/, '')
  const stem = base === '' ? 'claim' : base
  let id = stem
  for (let number = 2; taken.has(id); number++) id = `${stem}-${number}`
  taken.add(id)
  return id
}
