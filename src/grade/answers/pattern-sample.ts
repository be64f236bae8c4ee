/** What a class of characters is tried as. */
const CLASSES: Readonly<Record<string, string>> = {
  d: '1',
  w: 'a',
  s: ' ',
  D: 'a',
  W: ' ',
  S: 'a',
  t: '\t',
  n: '\n',
  r: '\r',
  b: '',
  B: '',
}

/**
 * Texts that may match a JavaScript pattern, made of its parts: the first of alternatives, the least of repeats. Whoever uses one tries it;
 * of patterns with conditions (look-ahead, back-references) none may match.
 */
export function matching(source: string): readonly string[] {
  return [new Sampler(source, 0).whole(), new Sampler(source, 1).whole(), source]
}

/** Reads a pattern from left to right. */
class Sampler {
  #at = 0
  readonly #source: string
  /** How often what may be left out is there. */
  readonly #least: number

  constructor(source: string, least: number) {
    this.#source = source
    this.#least = least
  }

  whole(): string {
    return this.#alternatives()
  }

  #alternatives(): string {
    let [first, taken] = ['', false]
    for (;;) {
      const one = this.#sequence()
      if (!taken) [first, taken] = [one, true]
      if (this.#source[this.#at] !== '|') return first
      this.#at++
    }
  }

  #sequence(): string {
    let text = ''
    while (this.#at < this.#source.length && this.#source[this.#at] !== '|' && this.#source[this.#at] !== ')') {
      const atom = this.#atom()
      text += atom.repeat(this.#times())
    }
    return text
  }

  #atom(): string {
    const sign = this.#source[this.#at++] ?? ''
    if (sign === '^' || sign === '$') return ''
    if (sign === '.') return 'a'
    if (sign === '\\') return this.#escaped()
    if (sign === '[') return this.#set()
    if (sign !== '(') return sign
    const opened = /^\?(?:<(?![=!])[^>]*>|[a-z-]*:|<?[=!])/.exec(this.#source.slice(this.#at))?.[0] ?? ''
    this.#at += opened.length
    const inside = this.#alternatives()
    this.#at++
    return /[=!]$/.test(opened) ? '' : inside
  }

  #escaped(): string {
    const sign = this.#source[this.#at++] ?? ''
    if (sign !== 'p' && sign !== 'u' && sign !== 'x') return CLASSES[sign] ?? sign
    const rest = /^\{[^}]*\}|^[0-9a-f]{2,4}/i.exec(this.#source.slice(this.#at))?.[0] ?? ''
    this.#at += rest.length
    if (sign === 'p') return /N/.test(rest) ? '1' : /Lu/.test(rest) ? 'A' : 'a'
    return String.fromCodePoint(Number.parseInt(rest.replaceAll(/[{}]/g, ''), 16) || 97)
  }

  #set(): string {
    const negated = this.#source[this.#at] === '^'
    if (negated) this.#at++
    const first = this.#source[this.#at++] ?? ''
    const one = first === '\\' ? this.#escaped() : first
    while (this.#at < this.#source.length && this.#source[this.#at] !== ']')
      this.#at += this.#source[this.#at] === '\\' ? 2 : 1
    this.#at++
    return negated ? (one === 'a' ? 'b' : 'a') : one
  }

  #times(): number {
    const found = /^(?:\{(\d+)(?:,\d*)?\}|[*+?])\??/.exec(this.#source.slice(this.#at))
    if (found === null) return 1
    this.#at += found[0].length
    if (found[1] !== undefined) return Math.min(200, Number(found[1]))
    return found[0].startsWith('+') ? 1 : this.#least
  }
}
