// A reader of the part of GBNF that the grammars use, so that they can be tested without weights.

type Node =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'class'; readonly source: string }
  | { readonly type: 'rule'; readonly name: string }
  | { readonly type: 'row'; readonly items: readonly Node[] }
  | { readonly type: 'choice'; readonly items: readonly Node[] }
  | { readonly type: 'repeat'; readonly item: Node; readonly least: number; readonly most: number }

export type Rules = ReadonlyMap<string, Node>

export function parseGrammar(text: string): Rules {
  const rules = new Map<string, Node>()
  for (const line of text.split('\n')) {
    const [, name, body] = /^([a-z0-9-]+) ::= (.*)$/.exec(line) ?? []
    if (name === undefined || body === undefined) throw new Error(`not a rule: ${line}`)
    rules.set(name, parseBody(body))
  }
  return rules
}

function parseBody(body: string): Node {
  let at = 0
  const spaces = (): void => {
    while (body[at] === ' ') at += 1
  }
  const choice = (): Node => {
    const items = [row()]
    for (spaces(); body[at] === '|'; spaces()) {
      at += 1
      items.push(row())
    }
    return items.length === 1 && items[0] !== undefined ? items[0] : { type: 'choice', items }
  }
  const row = (): Node => {
    const items: Node[] = []
    for (spaces(); at < body.length && body[at] !== '|' && body[at] !== ')'; spaces()) items.push(repeated(single()))
    return { type: 'row', items }
  }
  const single = (): Node => {
    if (body[at] === '(') {
      at += 1
      const inner = choice()
      if (body[at] !== ')') throw new Error(`no ) at ${at} in ${body}`)
      at += 1
      return inner
    }
    const rest = body.slice(at)
    const literal = /^"((?:[^"\\]|\\.)*)"/.exec(rest)
    if (literal !== null) {
      at += literal[0].length
      return { type: 'text', text: String(JSON.parse(`"${literal[1] ?? ''}"`)) }
    }
    const set = /^\[(?:[^\]\\]|\\.)*\]/.exec(rest)
    if (set !== null) {
      at += set[0].length
      return { type: 'class', source: set[0] }
    }
    const name = /^[a-z0-9-]+/.exec(rest)
    if (name === null) throw new Error(`nothing known at ${at} in ${body}`)
    at += name[0].length
    return { type: 'rule', name: name[0] }
  }
  const repeated = (item: Node): Node => {
    const sign = /^(?:\?|\*|\{(\d+)(?:,(\d+))?\})/.exec(body.slice(at))
    if (sign === null) return item
    at += sign[0].length
    if (sign[0] === '?') return { type: 'repeat', item, least: 0, most: 1 }
    if (sign[0] === '*') return { type: 'repeat', item, least: 0, most: 20 }
    return { type: 'repeat', item, least: Number(sign[1]), most: Number(sign[2] ?? sign[1]) }
  }
  const whole = choice()
  if (at !== body.length) throw new Error(`left over: ${body.slice(at)}`)
  return whole
}

/** A sentence of the grammar; long repetitions are kept short. */
export function derive(rules: Rules, random: () => number, name = 'root'): string {
  const pick = (count: number): number => Math.floor(random() * count)
  const write = (node: Node): string => {
    switch (node.type) {
      case 'text':
        return node.text
      case 'class':
        return member(node.source, pick)
      case 'rule':
        return write(rules.get(node.name) ?? unknownRule(node.name))
      case 'row':
        return node.items.map(write).join('')
      case 'choice':
        return write(node.items[pick(node.items.length)] ?? unknownRule('choice'))
      case 'repeat': {
        const times = node.least + pick(Math.min(node.most - node.least, 5) + 1)
        return Array.from({ length: times }, () => write(node.item)).join('')
      }
    }
  }
  return write(rules.get(name) ?? unknownRule(name))
}

/** True for the sentences of a grammar without recursion. */
export function accepts(rules: Rules, text: string, name = 'root'): boolean {
  const source = (node: Node): string => {
    switch (node.type) {
      case 'text':
        return node.text.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)
      case 'class':
        return node.source
      case 'rule':
        return source(rules.get(node.name) ?? unknownRule(node.name))
      case 'row':
        return node.items.map(source).join('')
      case 'choice':
        return `(?:${node.items.map(source).join('|')})`
      case 'repeat':
        return `(?:${source(node.item)}){${node.least},${node.most}}`
    }
  }
  return new RegExp(`^(?:${source(rules.get(name) ?? unknownRule(name))})$`, 's').test(text)
}

const alphabet = Array.from('abcdefXYZABCDEF0123456789 .,:{}[]"\\\'/-éß漢😀\n\t')

function member(source: string, pick: (count: number) => number): string {
  const pattern = new RegExp(source, 'u')
  const all = alphabet.filter((character) => pattern.test(character))
  return all[pick(all.length)] ?? unknownRule(source)
}

function unknownRule(name: string): never {
  throw new Error(`nothing is called ${name}`)
}
