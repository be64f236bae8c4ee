import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { AssayError, codeOf, reasonOf } from '../../assay-error.ts'
import { openLocal, type Inside, type InsideFacts, type Injection, type Model } from '../../model/index.ts'
import { checkInjections, checkLayers, checkNext, checkWrite } from '../check.ts'
import { numberKey } from '../gguf.ts'
import { bake, cut, readLlama } from './files.ts'

/** Tokens of one text. */
const WINDOW = 1024

/**
 * Opens weights without a native call of our own: each vector and each depth becomes a GGUF file that node-llama-cpp
 * loads. Slower, and each file is as large as the weights; llama architecture only. What differs from the native way:
 *
 * - residuals come scaled to one length (√width), so that their directions are exact and their norms are not
 * - logits are log-probabilities: the same up to a constant
 * - no vector changes between tokens, no patch and no trace: `probe/cannot`
 *
 * @throws AssayError `probe/bad-weights`, `probe/architecture`, `model/no-local-runtime`
 */
export async function openRewritten(file: string): Promise<Inside> {
  const { gguf, layers, width } = readLlama(file)
  const embedding = gguf.tensors.find(({ name }) => name === 'token_embd.weight')
  const facts: InsideFacts = {
    way: 'rewrite',
    architecture: 'llama',
    layers,
    width,
    vocabulary: embedding?.dims[1] ?? 0,
    window: Math.min(WINDOW, numberKey(gguf, 'llama.context_length') ?? WINDOW),
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-rewrite-'))
  const clean = (): void => fs.rmSync(folder, { recursive: true, force: true })
  process.once('exit', clean)
  let turn: Promise<unknown> = Promise.resolve()
  /** One call after the other: they share the files and the model that is loaded. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const own = turn.then(work)
    turn = own.catch(() => undefined)
    return own
  }
  let steered: { readonly key: string; readonly model: Promise<Model> } | undefined

  /** The model with these vectors built in; one at a time, since each is a whole file. */
  const withVectors = async (injections: readonly Injection[]): Promise<Model> => {
    checkInjections(facts, injections)
    const acting = injections.filter(({ strength }) => strength !== 0)
    const key = keyOf(acting)
    if (steered?.key !== key) {
      const before = steered
      const make = async (): Promise<Model> => {
        if (before !== undefined) await (await before.model.catch(() => undefined))?.close?.()
        if (acting.length === 0) return open(file)
        const made = path.join(folder, 'steered.gguf')
        bake(file, acting, made)
        return open(made)
      }
      steered = { key, model: make() }
    }
    return steered.model
  }
  const signal = new AbortController().signal
  const inside: Inside = {
    facts,
    async read(texts, asked, cutOff) {
      checkLayers(facts, asked)
      const out: Float32Array[][] = []
      for (const layer of asked) {
        const made = path.join(folder, 'cut.gguf')
        cut(file, layer + 1, true, made)
        out.push(await embeddings(made, texts, width, cutOff))
      }
      return out
    },
    trace: () => Promise.reject(cannot('trace single tokens')),
    async write(prompts, options) {
      checkWrite(facts, prompts, options)
      const { schedule = [], seeds, maxTokens, temperature = 0.8, onText } = options
      if (schedule.length > 1 || schedule.some(({ at }) => at !== 0)) throw cannot('change a vector between tokens')
      const model = await withVectors(schedule[0]?.injections ?? [])
      const written = []
      for (const [index, prompt] of prompts.entries()) {
        const answer = await model.ask(
          {
            messages: [{ role: 'user', text: prompt }],
            tools: [],
            toolChoice: 'none',
            template: 'completion',
            sampling: { temperature, maxOutputTokens: maxTokens },
            seed: (seeds[index] ?? 0) >>> 0,
          },
          {
            signal: options.signal ?? signal,
            onDelta: (delta) => {
              if (delta.type === 'text') onText?.(delta.text, index)
            },
          },
        )
        if (options.signal?.aborted === true) throw aborted()
        if (answer.type === 'failure') throw new AssayError('probe/decode', answer.message, { exit: 3 })
        const text = answer.parts.map((part) => (part.type === 'text' ? part.text : '')).join('')
        written.push({ text, tokens: answer.usage.output ?? 0, turns: schedule.map(() => 0) })
      }
      return written
    },
    async score(pairs, injections = []) {
      const model = await withVectors(injections)
      const scored = []
      for (const { prompt, continuation } of pairs) {
        const [one] = (await model.score?.(prompt, [continuation], signal)) ?? []
        scored.push(one ?? { logprob: Number.NaN, tokens: 0 })
      }
      return scored
    },
    async next(text, options = {}) {
      checkNext(facts, Infinity, options)
      const { injections = [], patches = [], lens } = options
      if (patches.length > 0) throw cannot('patch')
      const made = path.join(folder, 'next.gguf')
      let from = file
      if (injections.some(({ strength }) => strength !== 0)) bake(file, injections, (from = made))
      if (lens !== undefined && lens < layers - 1) {
        const shorter = path.join(folder, 'lens.gguf')
        cut(from, lens + 1, false, shorter)
        from = shorter
      }
      return nextLogprobs(from, text, facts.vocabulary)
    },
    piece: (token) => pieceOf(file, token),
    async close() {
      await (await steered?.model.catch(() => undefined))?.close?.()
      process.off('exit', clean)
      clean()
    },
  }
  return {
    ...inside,
    read: (...asked) => inTurn(() => inside.read(...asked)),
    write: (...asked) => inTurn(() => inside.write(...asked)),
    score: (...asked) => inTurn(() => inside.score(...asked)),
    next: (...asked) => inTurn(() => inside.next(...asked)),
    close: () => inTurn(() => inside.close()),
  }
}

function aborted(): AssayError {
  return new AssayError('probe/aborted', 'The call was cut off.', { exit: 130 })
}

function open(file: string): Promise<Model> {
  return openLocal(`local/${file}`, { workers: 1, contextSize: WINDOW })
}

function keyOf(injections: readonly Injection[]): string {
  const hash = createHash('sha256')
  for (const { vector, from, to, strength } of injections)
    hash
      .update(`${from} ${to} ${strength} `)
      .update(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength))
  return hash.digest('hex')
}

function cannot(what: string): AssayError {
  return new AssayError('probe/cannot', `Rewritten files cannot ${what}: use the native way.`)
}

type Loaded = Awaited<ReturnType<Awaited<ReturnType<(typeof import('node-llama-cpp'))['getLlama']>>['loadModel']>>

/** Loads weights in this process for one use, and lets go of everything behind it. */
async function loaded<T>(file: string, use: (model: Loaded) => Promise<T>): Promise<T> {
  const library = await import('node-llama-cpp').catch((cause: unknown) => {
    const why = codeOf(cause) === 'ERR_MODULE_NOT_FOUND' ? 'is not installed' : `broke: ${reasonOf(cause)}`
    throw new AssayError(
      'model/no-local-runtime',
      `Rewritten weights need node-llama-cpp, which ${why}. Run: npm install --save-exact node-llama-cpp@3.21.1`,
    )
  })
  const llama = await library.getLlama({
    gpu: false,
    build: 'never',
    maxThreads: 1,
    logLevel: library.LlamaLogLevel.disabled,
  })
  try {
    return await use(await llama.loadModel({ modelPath: file }))
  } finally {
    await llama.dispose()
  }
}

/** Mean over tokens but the first of a cut model's embeddings, which are its residuals scaled to one length. */
function embeddings(
  file: string,
  texts: readonly string[],
  width: number,
  signal: AbortSignal | undefined,
): Promise<Float32Array[]> {
  return loaded(file, async (model) => {
    const context = await model.createEmbeddingContext({ contextSize: WINDOW, threads: 1 })
    const out: Float32Array[] = []
    for (const text of texts) {
      if (signal?.aborted === true) throw aborted()
      const tokens = model.tokenize(text, true)
      const total = new Float64Array(width)
      // The library keeps the last token's embedding alone, so every token is made the last of a shorter text.
      for (let end = 2; end <= tokens.length; end++) {
        const { vector } = await context.getEmbeddingFor(tokens.slice(0, end))
        for (let i = 0; i < width; i++) total[i] = (total[i] ?? 0) + (vector[i] ?? 0)
      }
      out.push(Float32Array.from(total, (value) => value / Math.max(1, tokens.length - 1)))
    }
    return out
  })
}

function nextLogprobs(file: string, text: string, vocabulary: number): Promise<Float32Array> {
  return loaded(file, async (model) => {
    const context = await model.createContext({ contextSize: WINDOW, threads: 1, sequences: 1 })
    const tokens = model.tokenize(text, true)
    const last = tokens.pop()
    if (last === undefined) throw new AssayError('probe/bad-request', 'A text is empty: give it a word.')
    const results = await context
      .getSequence()
      .controlledEvaluate([...tokens, [last, { generateNext: { probabilities: true, options: { temperature: 0 } } }]])
    const out = new Float32Array(vocabulary).fill(-Infinity)
    for (const [token, chance] of results.at(-1)?.next.probabilities ?? []) out[token] = Math.log(chance)
    return out
  })
}

function pieceOf(file: string, token: number): Promise<string> {
  return loaded(file, (model) => {
    const own = [...model.iterateAllTokens()].find((each) => Number(each) === token)
    return Promise.resolve(own === undefined ? '' : model.detokenize([own]))
  })
}
