/** A message as the source has it: literals with `…` for what is filled in. */
export interface SourceMessage {
  readonly line: number
  readonly text: string
}

/** Every text given to `new AssayError(code, text)`. */
export function errorTexts(source: string): readonly SourceMessage[] {
  const found: SourceMessage[] = []
  for (const { index } of source.matchAll(/new AssayError\(/g)) {
    const given = argumentsAt(source, index + 'new AssayError('.length)
    const line = source.slice(0, index).split('\n').length
    found.push({ line, text: (given[1] ?? '').trim() })
  }
  return found
}
function argumentsAt(source: string, from: number): readonly string[] {
  const given: string[] = []
  let depth = 0,
    start = from
  for (let at = from; at < source.length; at++) {
    const sign = source[at] ?? ''
    if (sign === "'" || sign === '"' || sign === '`') at = endOfText(source, at)
    else if ('([{'.includes(sign)) depth++
    else if (depth === 0 && (sign === ',' || sign === ')')) {
      given.push(source.slice(start, at))
      start = at + 1
      if (sign === ')') return given
    } else if (')]}'.includes(sign)) depth--
  }
  return given
}
export function endOfText(source: string, from: number): number {
  const quote = source[from] ?? ''
  for (let at = from + 1; at < source.length; at++) {
    if (source[at] === '\\') at++
    else if (source[at] === quote) return at
    else if (quote === '`' && source.startsWith('${', at)) at = endOfHole(source, at + 2)
  }
  return source.length
}
function endOfHole(source: string, from: number): number {
  let depth = 0
  for (let at = from; at < source.length; at++) {
    const sign = source[at] ?? ''
    if (sign === "'" || sign === '"' || sign === '`') at = endOfText(source, at)
    else if (sign === '{') depth++
    else if (sign === '}' && depth-- === 0) return at
  }
  return source.length
}

/** The texts that an argument may be, each with `…` for what is filled in; none where it is only a variable. */
export function rendered(argument: string): readonly string[] {
  const texts: string[] = []
  let depth = 0
  for (let at = 0; at < argument.length; at++) {
    const sign = argument[at] ?? ''
    if (sign === "'" || sign === '"' || sign === '`') {
      const end = endOfText(argument, at)
      // Inside brackets are arguments of functions, and after a comparison a value: neither is a message.
      if (depth === 0 && !/===\s*$/.test(argument.slice(0, at))) texts.push(filled(argument.slice(at + 1, end)))
      at = end
    } else if ('([{'.includes(sign)) depth++
    else if (')]}'.includes(sign)) depth--
  }
  return texts
}

function filled(text: string): string {
  let said = ''
  for (let at = 0; at < text.length; at++) {
    if (text.startsWith('${', at)) {
      at = endOfHole(text, at + 2)
      said += '…'
    } else if (text[at] === '\\') said += text[++at] ?? ''
    else said += text[at] ?? ''
  }
  return said
}
