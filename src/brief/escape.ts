import { plain } from '../report/index.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** HTML whose parts are already safe; only {@link markup} and {@link trusted} make it. */
export interface Html {
  readonly html: string
}

type Part = string | number | Html | readonly Html[]

/** A template in which every inserted text is escaped, and cleaned of what is not seen; only {@link Html} goes in as it is. Not named `html`:
 * formatters lay out templates of that name anew, and here white space counts. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: strings.map((text, index) => `${text}${inserted(parts[index])}`).join('') }
}

/** Marks our own output, such as a figure, as safe. */
export function trusted(text: string): Html {
  return { html: text }
}

function inserted(part: Part | undefined): string {
  if (part === undefined) return ''
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part))
  return 'html' in part ? part.html : part.map((each) => each.html).join('\n')
}

function escaped(text: string): string {
  return plain(text).replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}

/** No markup at all. */
export const NOTHING: Html = { html: '' }
