import { plain } from '../study/index.ts'
import { PARTS, type Brief, type Claim, type Confidence } from './brief.ts'
import { uniqueId } from './id.ts'
import { checked } from './make.ts'

/** A line that had no place, or was read otherwise than it stands. */
export interface ImportNote {
  /** From 1. */
  readonly line: number
  readonly text: string
  readonly why: string
}

export interface Imported {
  readonly brief: Brief
  readonly notes: readonly ImportNote[]
}

/**
 * Reads the text form. Bullets, blank lines, Windows line ends, Markdown headings and a verdict in brackets behind a
 * claim are understood; a sentence that stands in several places becomes one claim. A line that belongs nowhere is
 * never dropped silently: it is named in the notes.
 *
 * @throws AssayError `brief/bad-brief` when there is no title
 */
export function importText(text: string): Imported {
  const reader = new Reader()
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = plain(raw.replace(/^\ufeff/, ''))
    if (line !== '') reader.line(index + 1, line)
  }
  return reader.end()
}

type Part = (typeof PARTS)[number]

/** State while the lines of one text go by. */
class Reader {
  #title = ''
  #updated: string | undefined
  #stated: { sources?: number; confidence?: Confidence } = {}
  #part: Part | undefined
  readonly #claims = new Map<string, Claim>()
  readonly #ids = new Set<string>()
  readonly #takeaways: string[] = []
  readonly #sections: { readonly title: string; readonly claims: string[] }[] = []
  readonly #watchlist: string[] = []
  readonly #unknowns: string[] = []
  readonly #notes: ImportNote[] = []

  line(number: number, line: string): void {
    const bullet = /^[-*•] +(?<text>.+)$/.exec(line)?.groups?.['text']
    if (bullet !== undefined) return this.#bullet(number, bullet)
    const heading = line.replace(/^(#{1,6} +)+/, '')
    if (this.#title === '') {
      this.#title = heading
      return
    }
    const part = PARTS.find((each) => each.toLowerCase() === heading.toLowerCase())
    if (part !== undefined) this.#part = part
    else if (this.#part === undefined && this.#header(number, line)) return
    else if (this.#part === 'Sections') this.#section(heading)
    else this.#note(number, line, 'it is no bullet and no heading, and was left out')
  }

  end(): Imported {
    const brief = checked({
      title: this.#title,
      ...(this.#updated !== undefined && { updated: this.#updated }),
      ...(Object.keys(this.#stated).length > 0 && { stated: this.#stated }),
      sources: [],
      claims: [...this.#claims.values()],
      takeaways: this.#takeaways,
      sections: this.#sections,
      watchlist: this.#watchlist,
      unknowns: this.#unknowns,
    })
    return { brief, notes: this.#notes }
  }

  #bullet(number: number, text: string): void {
    switch (this.#part) {
      case undefined:
        return this.#note(number, text, 'it stands before the first part, and was left out')
      case 'Key takeaways':
        this.#takeaways.push(this.#claim(text))
        return
      case 'Sections': {
        const section = this.#sections.at(-1)
        if (section === undefined) this.#note(number, text, 'it stands before the first section, and was left out')
        else section.claims.push(this.#claim(text))
        return
      }
      case 'Watchlist':
        this.#watchlist.push(text)
        return
      case 'Unknowns':
        this.#unknowns.push(text)
    }
  }

  #section(title: string): void {
    this.#sections.push({ title, claims: [] })
  }

  #claim(written: string): string {
    const text = written.replace(/ \[(supported|contradicted|unresolved|uncalibrated|untested)\]$/, '')
    const known = this.#claims.get(text)
    if (known !== undefined) return known.id
    const id = uniqueId(text, this.#ids)
    this.#claims.set(text, { id, text })
    return id
  }

  /** The line under the title, by its fields; what a field says wrongly is named. */
  #header(number: number, line: string): boolean {
    const fields = line.split('•').map((field) => /^(?<name>\w+): *(?<value>.*)$/.exec(field.trim())?.groups)
    if (!fields.some((field) => /^(sources|confidence|updated)$/i.test(field?.['name'] ?? ''))) return false
    for (const field of fields) {
      const value = field?.['value'] ?? ''
      const name = field?.['name']?.toLowerCase()
      if (name === 'sources' && /^\d{1,9}$/.test(value)) this.#stated.sources = Number(value)
      else if (name === 'confidence' && isConfidence(value)) this.#stated.confidence = value
      else if (name === 'updated' && /^\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?$/.test(value)) this.#updated = value
      else this.#note(number, `${field?.['name'] ?? ''}: ${value}`, 'the line under the title cannot say this')
    }
    return true
  }

  #note(line: number, text: string, why: string): void {
    this.#notes.push({ line, text, why })
  }
}

function isConfidence(value: string): value is Confidence {
  return value === 'High' || value === 'Medium' || value === 'Low'
}
