import { AssayError } from '../../assay-error.ts'
import type { InsideFacts, Injection, NextOptions, Pair, TokenState, Written, WriteOptions } from '../../model/index.ts'
import { randomFrom, type Random } from '../../record/index.ts'
import { checkInjections, checkLayers, checkNext, checkWrite } from '../check.ts'
import { Context, MOST_OUTPUTS, MOST_SEQUENCES, MOST_TOKENS, type Item } from './context.ts'
import { logprobOf, sample } from './sample.ts'
import { Taps } from './taps.ts'
import type { Weights } from './weights.ts'

/** Tokens of all texts that are written side by side. 23 kB each with SmolLM2. */
const CELLS = 2048

/** Writes are made token by token, and between two tokens the caller may look up. */
export interface WriteSteps extends Omit<WriteOptions, 'onText' | 'signal'> {
  readonly onText: (text: string, index: number) => void
  /** Resolves once waiting messages were heard; true to stop. */
  readonly pause: () => Promise<boolean>
}

/** All that the white box does with one set of weights, in the process that holds them. */
export class Engine {
  readonly facts: InsideFacts
  readonly #weights: Weights
  readonly #taps: Taps
  #plain: Context | undefined
  #tapped: Context | undefined

  constructor(weights: Weights, architecture: string) {
    const { layers, width, vocabulary, trained } = weights
    this.#weights = weights
    this.#taps = new Taps(weights.library)
    this.facts = { way: 'native', architecture, layers, width, vocabulary, window: Math.min(trained, CELLS) }
  }

  /** Reading and patching run through callbacks, so plain writing has a context of its own, at full speed. */
  get #writing(): Context {
    return (this.#plain ??= new Context(this.#weights, { cells: CELLS }))
  }

  get #reading(): Context {
    return (this.#tapped ??= new Context(this.#weights, { cells: CELLS, onTensor: this.#taps.onTensor }))
  }

  /** @throws AssayError `probe/architecture` where the graph does not name its blocks' outputs */
  assertNamed(): void {
    const stop = Math.min(1, this.facts.layers - 1)
    const seen = this.#tapped === undefined ? this.#rows([[0, 0]], new Set([stop]), stop) : new Map([[stop, []]])
    if (!seen.has(stop)) {
      throw new AssayError(
        'probe/architecture',
        `The architecture ${this.facts.architecture} does not name the outputs of its blocks, so the white box cannot read it.`,
      )
    }
  }

  /** @returns for each layer, in the order asked, one vector a text */
  read(texts: readonly string[], layers: readonly number[]): Float32Array[][] {
    checkLayers(this.facts, layers)
    const tokens = texts.map((text) => this.#cut(text))
    const out = layers.map((): Float32Array[] => [])
    for (const group of packed(tokens, (own) => own.length, MOST_TOKENS)) {
      const seen = this.#rows(group, new Set(layers), Math.max(...layers))
      for (const [place, layer] of layers.entries()) {
        const rows = seen.get(layer)
        let start = 0
        for (const own of group) {
          out[place]?.push(this.#mean(rows ?? new Float32Array(), start, own.length))
          start += own.length
        }
      }
    }
    return out
  }

  trace(text: string, layer: number): TokenState[] {
    checkLayers(this.facts, [layer])
    const tokens = this.#cut(text)
    const { width } = this.facts
    const rows = this.#rows([tokens], new Set([layer]), layer).get(layer) ?? new Float32Array()
    return Array.from(tokens, (token, at) => ({
      piece: this.#weights.piece(token).toString('utf8'),
      vector: rows.slice(at * width, (at + 1) * width),
    }))
  }

  async write(prompts: readonly string[], steps: WriteSteps): Promise<Written[]> {
    checkWrite(this.facts, prompts, steps)
    const tokens = prompts.map((prompt) => this.#cut(prompt, steps.maxTokens))
    const out: Written[] = []
    for (const group of packed(tokens, (own) => own.length + steps.maxTokens, CELLS))
      out.push(...(await this.#writeGroup(group, out.length, steps)))
    return out
  }

  score(pairs: readonly Pair[], injections: readonly Injection[] = []): { logprob: number; tokens: number }[] {
    checkInjections(this.facts, injections)
    const cut = pairs.map(({ prompt, continuation }) => {
      const [head, tail] = [this.#cut(prompt), this.#weights.tokenize(continuation, false)]
      this.#checkLength(head.length + tail.length)
      return { tokens: Int32Array.from([...head, ...tail]), from: head.length }
    })
    const context = this.#writing
    // One text a decode: what stands beside it would move the last digits of quantised arithmetic, and with them the sum.
    return steered(context, injections, () => cut.map(({ tokens, from }) => scoreOf(context, tokens, from)))
  }

  next(text: string, options: NextOptions = {}): Float32Array {
    const tokens = this.#cut(text)
    checkNext(this.facts, tokens.length, options)
    const { injections = [], patches = [], lens } = options
    if (patches.length === 0 && lens === undefined) {
      const writing = this.#writing
      return steered(writing, injections, () => this.#lastLogits(writing, tokens))
    }
    const context = this.#reading
    const { layers, width } = this.facts
    const write = new Map<number, (rows: Float32Array) => void>()
    for (const [layer, own] of Map.groupBy(patches, (patch) => patch.layer)) {
      write.set(layer, (rows) => {
        // The last block is computed for the tokens whose logits are asked only: here the last.
        const shift = layer === layers - 1 ? tokens.length - 1 : 0
        for (const { token, vector } of own) if (token >= shift) rows.set(vector, (token - shift) * width)
      })
    }
    if (lens !== undefined && lens !== layers - 1) {
      let seen: Float32Array | undefined
      const before = write.get(lens)
      write.set(lens, (rows) => {
        before?.(rows)
        seen = rows.slice(-width)
      })
      write.set(layers - 1, (rows) => {
        if (seen !== undefined) rows.set(seen)
      })
    }
    let logits: Float32Array = new Float32Array()
    this.#taps.during({ read: new Set(), write }, () => {
      logits = steered(context, injections, () => this.#lastLogits(context, tokens))
    })
    return logits
  }

  piece(token: number): string {
    return this.#weights.piece(token).toString('utf8')
  }

  /** Logits behind a text given as tokens, for weights without a vocabulary. */
  nextOfTokens(tokens: readonly number[], injections: readonly Injection[] = []): Float32Array {
    const context = this.#writing
    return steered(context, injections, () => this.#lastLogits(context, Int32Array.from(tokens)))
  }

  /** Residuals behind tokens, one row each. */
  rowsOfTokens(tokens: readonly number[], layer: number): Float32Array {
    return this.#rows([tokens], new Set([layer]), layer).get(layer) ?? new Float32Array()
  }

  close(): void {
    this.#plain?.close()
    this.#tapped?.close()
    this.#weights.close()
  }

  #lastLogits(context: Context, tokens: Int32Array): Float32Array {
    context.clear()
    const items = Array.from(tokens, (token, position) => ({
      token,
      position,
      sequence: 0,
      out: position === tokens.length - 1,
    }))
    let logits: Float32Array = new Float32Array()
    for (const piece of pieces(items)) {
      context.decode(piece.items)
      if (piece.items.at(-1)?.out === true) logits = context.logits(piece.items.length - 1).slice()
    }
    return logits
  }

  /** Outputs of blocks for every token of some texts; nothing above the last of them is computed. */
  #rows(
    texts: readonly ArrayLike<number>[],
    layers: ReadonlySet<number>,
    stop: number,
  ): ReadonlyMap<number, Float32Array> {
    const context = this.#reading
    context.clear()
    // The last block is computed for outputs only.
    const out = stop === this.facts.layers - 1
    const items = texts.flatMap((text, sequence) =>
      Array.from(text, (token, position) => ({ token, position, sequence, out })),
    )
    const parts = pieces(items).map((piece) =>
      this.#taps.during({ read: layers, write: new Map(), stop }, () => context.decode(piece.items)),
    )
    const seen = [...layers].flatMap((layer) => {
      const own = parts.flatMap((part) => part.get(layer) ?? [])
      return own.length === parts.length ? [[layer, joined(own)] as const] : []
    })
    return new Map(seen)
  }

  #mean(rows: Float32Array, start: number, tokens: number): Float32Array {
    const { width } = this.facts
    const total = new Float64Array(width)
    if (tokens < 2)
      throw new AssayError('probe/bad-request', 'A text has one token, and the first is not read: give it more words.')
    // The first token draws the attention that has nowhere to go: in the middle blocks its residual is many times the others' length.
    for (let token = 1; token < tokens; token++) {
      const row = (start + token) * width
      for (let i = 0; i < width; i++) total[i] = (total[i] ?? 0) + (rows[row + i] ?? 0)
    }
    return Float32Array.from(total, (value) => value / Math.max(1, tokens - 1))
  }

  async #writeGroup(group: readonly Int32Array[], first: number, steps: WriteSteps): Promise<Written[]> {
    const context = this.#writing
    const schedule = (steps.schedule ?? []).toSorted((a, b) => a.at - b.at)
    const texts = group.map(
      (tokens, i) => new Continuation(tokens.length, randomFrom('write', steps.seeds[first + i] ?? 0)),
    )
    let items: Item[] = group.flatMap((tokens, sequence) =>
      Array.from(tokens, (token, position) => ({ token, position, sequence, out: position === tokens.length - 1 })),
    )
    context.clear()
    try {
      for (let written = 0; ; written++) {
        for (const entry of schedule.filter(({ at }) => at === written)) {
          context.steer(entry.injections)
          for (const text of texts) text.turn()
        }
        if (written >= steps.maxTokens || items.length === 0) break
        const next: Item[] = []
        for (const piece of pieces(items)) {
          context.decode(piece.items)
          for (const [i, { out, sequence }] of piece.items.entries()) {
            const text = texts[sequence]
            if (!out || text === undefined) continue
            const token = sample(context.logits(i), steps.temperature ?? 0.8, steps.minP ?? 0.05, text.random)
            if (this.#weights.isEnd(token)) continue
            const added = text.add(this.#weights.piece(token))
            if (added !== '') steps.onText(added, first + sequence)
            next.push({ token, position: text.length - 1, sequence, out: true })
          }
        }
        items = next
        if (await steps.pause()) break
      }
    } finally {
      context.steer([])
    }
    return texts.map((text) => text.written())
  }

  #cut(text: string, more = 1): Int32Array {
    const tokens = this.#weights.tokenize(text)
    if (tokens.length === 0) throw new AssayError('probe/bad-request', 'A text is empty: give it a word.')
    this.#checkLength(tokens.length + more)
    return tokens
  }

  #checkLength(tokens: number): void {
    const { window } = this.facts
    if (tokens <= window) return
    throw new AssayError(
      'probe/bad-request',
      `A text takes ${tokens} tokens with its continuation; the white box reads up to ${window}: shorten it.`,
    )
  }
}

/**
 * Works with vectors added, and takes them away again whatever happens. What works without adds nothing and clears nothing, so
 * that a vector which is left on is seen by the next reading.
 */
function steered<T>(context: Context, injections: readonly Injection[], work: () => T): T {
  if (injections.length === 0) return work()
  context.steer(injections)
  try {
    return work()
  } finally {
    context.steer([])
  }
}

/** Nats of the tokens from a place on, given those before. */
function scoreOf(context: Context, tokens: Int32Array, from: number): { logprob: number; tokens: number } {
  context.clear()
  const items = Array.from(tokens, (token, position) => {
    return { token, position, sequence: 0, out: position >= from - 1 && position < tokens.length - 1 }
  })
  let logprob = 0
  for (const piece of pieces(items)) {
    context.decode(piece.items)
    for (const [i, { out, position }] of piece.items.entries())
      if (out) logprob += logprobOf(context.logits(i), tokens[position + 1] ?? 0)
  }
  return { logprob, tokens: tokens.length - from }
}

/** A text that grows by tokens, whose characters may come in pieces. */
class Continuation {
  readonly random: Random
  readonly #decoder = new TextDecoder()
  readonly #turns: number[] = []
  #text = ''
  #tokens = 0
  /** Tokens of the prompt and of the continuation. */
  length: number

  constructor(prompt: number, random: Random) {
    this.length = prompt
    this.random = random
  }

  add(bytes: Buffer): string {
    const added = this.#decoder.decode(bytes, { stream: true })
    this.#text += added
    this.#tokens++
    this.length++
    return added
  }

  turn(): void {
    this.#turns.push(this.#text.length)
  }

  written(): Written {
    return { text: this.#text + this.#decoder.decode(), tokens: this.#tokens, turns: this.#turns }
  }
}

/** Groups that one decode's memory holds, in order. */
function packed<T>(items: readonly T[], size: (item: T) => number, room: number): T[][] {
  const groups: T[][] = []
  let left = 0
  for (const item of items) {
    const last = groups.at(-1)
    if (last === undefined || size(item) > left || last.length === MOST_SEQUENCES) {
      groups.push([item])
      left = room - size(item)
    } else {
      last.push(item)
      left -= size(item)
    }
  }
  return groups
}

/** Items cut so that no decode has too many tokens or outputs. */
function pieces(items: readonly Item[]): { readonly from: number; readonly items: readonly Item[] }[] {
  const out: { from: number; items: Item[] }[] = []
  let outputs = 0
  for (const [i, item] of items.entries()) {
    const last = out.at(-1)
    const more = outputs + (item.out ? 1 : 0)
    if (last === undefined || last.items.length === MOST_TOKENS || more > MOST_OUTPUTS) {
      out.push({ from: i, items: [item] })
      outputs = item.out ? 1 : 0
    } else {
      last.items.push(item)
      outputs = more
    }
  }
  return out
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const [first] = parts
  if (parts.length === 1 && first !== undefined) return first
  const out = new Float32Array(parts.reduce((total, part) => total + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}
