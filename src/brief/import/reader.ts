import { claimKey } from '../words.ts'
import type { Brief, Claim, Confidence } from '../brief.ts'
import { idMaker } from '../id.ts'
import { DETAILS } from '../markdown.ts'
import {
  continues,
  isFinished,
  LONGEST_HEADING,
  LONGEST_LINE,
  nameOf,
  partNamed,
  unbold,
  withoutVerdict,
  type Line,
  type Part,
} from './line.ts'

/** Something that was read otherwise than it is written. */
export interface ImportNote {
  /** From 1. */
  readonly line: number
  readonly text: string
  readonly why: string
}

/** The name of a brief whose text has none. */
const UNTITLED = 'Untitled brief'
/** The section of what stood where no claim can stand. */
const UNPLACED = 'Unplaced'
const ORDER: readonly Part[] = ['Key takeaways', 'Sections', 'Watchlist', 'Unknowns']

interface Bullet {
  readonly line: number
  /** As it was written, for judging whether the next line goes on with it. */
  raw: string
  readonly end: (text: string) => void
}

interface OpenSection {
  readonly title: string
  readonly claims: Set<string>
}

/** State while the lines of one text go by. */
export class Reader {
  #title: string | undefined
  #updated: string | undefined
  #stated: { sources?: number; confidence?: Confidence } = {}
  #part: Part | undefined
  /** Level of the Markdown heading that began the part. */
  #level = 0
  #bullet: Bullet | undefined
  readonly #seen = new Set<Part>()
  /** The section that bullets go into now. */
  #section: OpenSection | undefined
  /** Claims by their key, in the writing that was met first; places hold keys until the end. */
  readonly #claims = new Map<string, string>()
  readonly #takeaways = new Set<string>()
  readonly #sections: OpenSection[] = []
  readonly #watchlist: string[] = []
  readonly #unknowns: string[] = []
  readonly #notes: ImportNote[] = []

  line(line: Line): void {
    const { kind, text, number } = line
    const part = partNamed(text)
    if (kind !== 'bullet' && part !== undefined) return this.#begin(part, line)
    if (kind !== 'bullet' && this.#part === undefined && this.#header(number, text)) return
    if (kind === 'bullet') {
      if (line.indented && DETAILS.test(text))
        return this.#note(number, text, 'it is what a finding says of the claim above, and was left out')
      return this.#item(number, text)
    }
    if (this.#goesOn(line)) return
    this.#flush()
    if (this.#title === undefined && this.#part === undefined) return this.#name(number, text)
    if ((kind === 'heading' && text.length <= LONGEST_HEADING) || this.#isHeading(line)) return this.#heading(line)
    this.#note(number, text, `it is not a bullet, and was read as one of ${this.#part ?? UNPLACED}`)
    this.#item(number, text)
  }

  /** @returns what was read, not yet checked */
  end(): { readonly brief: Brief; readonly notes: readonly ImportNote[] } {
    this.#flush()
    if (this.#title === undefined) this.#note(1, '', `there is no title; it is called "${UNTITLED}"`)
    for (const part of ORDER)
      if (!this.#seen.has(part)) this.#note(1, '', `the part "${part}" is missing, and was left empty`)
    // Ids follow the order in which a reader meets the claims, whatever order the text had.
    const newId = idMaker()
    const met = new Set([...this.#takeaways, ...this.#sections.flatMap(({ claims }) => [...claims])])
    const claims = new Map(
      [...met].map((key): [string, Claim] => {
        const text = this.#claims.get(key) ?? ''
        return [key, { id: newId(text), text }]
      }),
    )
    const idsOf = (keys: ReadonlySet<string>): readonly string[] =>
      [...keys].flatMap((key) => claims.get(key)?.id ?? [])
    const brief: Brief = {
      title: this.#title ?? UNTITLED,
      ...(this.#updated !== undefined && { updated: this.#updated }),
      ...(Object.keys(this.#stated).length > 0 && { stated: this.#stated }),
      sources: [],
      claims: [...claims.values()],
      takeaways: idsOf(this.#takeaways),
      sections: this.#sections.map((section) => ({ title: section.title, claims: idsOf(section.claims) })),
      watchlist: this.#watchlist,
      unknowns: this.#unknowns,
    }
    return { brief, notes: this.#notes.toSorted((a, b) => a.line - b.line) }
  }

  #begin(part: Part, { number, text, level }: Line): void {
    this.#flush()
    const last = ORDER.findLastIndex((each) => this.#seen.has(each))
    if (this.#seen.has(part)) this.#note(number, text, 'this part is here once more, and was added to the first')
    else if (ORDER.indexOf(part) < last)
      this.#note(number, text, 'this part is out of order, and was put where it belongs')
    this.#seen.add(part)
    this.#part = part
    this.#section = undefined
    this.#level = level
  }

  #name(number: number, text: string): void {
    const name = nameOf(text)
    if (name === '' || /^sources:/i.test(name)) return this.#item(number, text)
    // A title may end in a full stop; only marks before it are no part of it.
    const title = text.startsWith(name) ? text : name
    this.#title = partNamed(title) === undefined ? title : name
  }

  /** Whether a line that is no bullet and no part names a section. */
  #isHeading({ text, beforeBullet }: Line): boolean {
    if (this.#part === undefined || text.length > LONGEST_HEADING || nameOf(text) === '') return false
    if (this.#part === 'Sections') return beforeBullet || !text.endsWith('.')
    return beforeBullet && !/[.?!]["”'’)\]]*$/.test(text)
  }

  #heading({ number, text, level }: Line): void {
    const title = nameOf(text)
    const outer = this.#part !== 'Sections' || (level > 0 && level <= this.#level)
    if (outer) this.#note(number, text, `a brief has no part of this name; it was kept as the section "${title}"`)
    if (outer) this.#part = 'Sections'
    this.#section = { title, claims: new Set() }
    this.#sections.push(this.#section)
  }

  #goesOn(line: Line): boolean {
    const { kind, text, indented, afterBlank } = line
    const bullet = this.#bullet
    if (bullet === undefined || kind !== 'bare') return false
    if (bullet.raw.length + text.length >= LONGEST_LINE) return false
    if (!indented && (afterBlank || !(continues(bullet.raw, text) || this.#wraps(line)))) return false
    bullet.raw = `${bullet.raw} ${text}`
    return true
  }

  /** In a list without headings, what follows an unfinished bullet can hardly be anything but its rest. */
  #wraps({ text, beforeBullet }: Line): boolean {
    const open = this.#bullet !== undefined && !isFinished(this.#bullet.raw)
    return open && this.#part !== 'Sections' && (!beforeBullet || text.split(' ').length > 3)
  }

  #item(line: number, text: string): void {
    this.#flush()
    this.#bullet = { line, raw: text, end: this.#place(line) }
  }

  #flush(): void {
    const bullet = this.#bullet
    this.#bullet = undefined
    bullet?.end(unbold(bullet.raw))
  }

  /** Where what is read now belongs. */
  #place(line: number): (text: string) => void {
    switch (this.#part) {
      case undefined:
        return this.#outside(line, `it is before the first part, and was put into the section "${UNPLACED}"`)
      case 'Key takeaways':
        return (text) => this.#add(line, this.#takeaways, text)
      case 'Sections': {
        const section = this.#section
        if (section !== undefined) return (text) => this.#add(line, section.claims, text)
        return this.#outside(line, `it is before the first section, and was put into "${UNPLACED}"`)
      }
      case 'Watchlist':
        return (text) => void this.#watchlist.push(text)
      case 'Unknowns':
        return (text) => void this.#unknowns.push(text)
    }
  }

  #outside(line: number, why: string): (text: string) => void {
    return (text) => {
      this.#note(line, text, why)
      this.#add(line, this.#unplaced(), text)
    }
  }

  #unplaced(): Set<string> {
    const known = this.#sections.findLast(({ title }) => title === UNPLACED)
    if (known !== undefined) return known.claims
    const claims = new Set<string>()
    this.#sections.push({ title: UNPLACED, claims })
    return claims
  }

  #add(line: number, place: Set<string>, written: string): void {
    const text = withoutVerdict(written)
    if (text !== written) this.#note(line, written, 'its verdict was left out: verdicts follow from findings')
    const key = claimKey(text)
    const known = this.#claims.get(key)
    if (known === undefined) this.#claims.set(key, text)
    else if (known !== text) this.#note(line, text, `it says what "${known}" says, and is one claim with it`)
    if (place.has(key)) this.#note(line, text, 'it is here twice, and was kept once')
    else place.add(key)
  }

  /** The line under the title, by its fields; what a field says wrongly is named. */
  #header(number: number, line: string): boolean {
    const fields = line.split(/ *[•·|] */).map((field) => /^(?<name>\w+): *(?<value>.*)$/.exec(field.trim())?.groups)
    if (!fields.some((field) => /^(sources|confidence|updated)$/i.test(field?.['name'] ?? ''))) return false
    for (const field of fields) {
      const value = field?.['value']?.trim() ?? ''
      const name = field?.['name']?.toLowerCase()
      const level = LEVELS.find((each) => each.toLowerCase() === value.toLowerCase())
      if (name === 'sources' && /^\d{1,9}$/.test(value)) this.#stated.sources = Number(value)
      else if (name === 'confidence' && level !== undefined) this.#stated.confidence = level
      else if (name === 'updated' && isMoment(value)) this.#updated = value
      else if (name === 'confidence' && LEVELS.some((each) => value.startsWith(`${each}: `)))
        this.#note(number, line, 'confidence follows from findings, and its reasons were left out')
      else
        this.#note(
          number,
          `${field?.['name'] ?? ''}: ${value}`,
          'the line under the title cannot say this, and it was left out',
        )
    }
    return true
  }

  #note(line: number, text: string, why: string): void {
    this.#notes.push({ line, text, why })
  }
}

const LEVELS = ['High', 'Medium', 'Low'] as const satisfies readonly Confidence[]

function isMoment(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?$/.test(value) && !Number.isNaN(Date.parse(value.replace(' ', 'T')))
}
