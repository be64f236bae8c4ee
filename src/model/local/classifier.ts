import { statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { AssayError } from '../../assay-error.ts'
import { modelsFolder } from './cache.ts'
import { injectionClassifier, type ClassifierEntry } from './catalogue.ts'
import type { PullOptions } from './fetched.ts'
import { sha256Of } from './hash.ts'
import { pullEntry } from './pull.ts'

/** A text classifier on this machine, in this process. */
export interface TextClassifier {
  /** What answered, for the record: name and hashes of weights and head. */
  readonly identity: Readonly<Record<'name' | 'weights' | 'head', string>>
  /**
   * The unit-length embeddings of texts: the mean over tokens (at most 128 a text, the rest is not read), 384 numbers each.
   * Near-paraphrases lie close; so do a sentence and its denial, so this never grades facts.
   */
  embed(texts: readonly string[]): Promise<readonly Float32Array[]>
  /** How much each text looks like an injected instruction, in [0, 1]. No probability: it was trained on other texts. */
  score(texts: readonly string[]): Promise<readonly number[]>
  /** The tokens of a text as they are read, with the marks at both ends. */
  tokens(text: string): readonly number[]
  close(): Promise<void>
}

/** Tokens of a text that are read. */
const MOST_TOKENS = 128

/** Fetches the files of the classifier: weights and head as they were published, and the runtime that computes them. */
export async function pullClassifier(options: PullOptions = {}): Promise<readonly string[]> {
  const paths: string[] = []
  // One after the other: two of them come out of one archive, which npm then keeps.
  for (const entry of Object.values(injectionClassifier.files)) paths.push(await pullEntry(entry, options))
  return paths
}

/** Whether all files are here; of their hashes {@link openClassifier} makes sure. */
export async function hasClassifier(cacheDir?: string): Promise<boolean> {
  return missingClassifier(cacheDir) === undefined
}

/** Why the files are not all here, with what to type; undefined where they are. */
export function missingClassifier(cacheDir?: string): string | undefined {
  const folder = modelsFolder(cacheDir)
  const isHere = Object.values(injectionClassifier.files).every(
    ({ file, bytes }) => statSync(path.join(folder, file), { throwIfNoEntry: false })?.size === bytes,
  )
  return isHere ? undefined : notHere('is not on this machine yet')
}

function notHere(why: string): string {
  return `The injection classifier ${why}. Run: assay models pull ${injectionClassifier.name}`
}

/**
 * Opens the injection classifier from the cache folder: about half a second, then about 15 ms a sentence on one core.
 *
 * @throws AssayError `model/not-pulled` a file is not here, or is not the one that was pinned
 * @throws AssayError `model/local-failed` the runtime cannot be loaded here
 */
export async function openClassifier(cacheDir?: string): Promise<TextClassifier> {
  const { files, name } = injectionClassifier
  const at = await checkedPaths(files, modelsFolder(cacheDir))
  const [head, encode, session] = await Promise.all([readHead(at.head), readTokens(at), openSession(at)])
  const one = async (text: string): Promise<Float32Array> => meanOf(await session.run(encode(text)))
  return {
    identity: { name, weights: files.weights.sha256, head: files.head.sha256 },
    async embed(texts) {
      const out: Float32Array[] = []
      for (const text of texts) out.push(await one(text))
      return out
    },
    async score(texts) {
      const out: number[] = []
      for (const text of texts) out.push(head(await one(text)))
      return out
    },
    tokens: encode,
    close: () => session.close(),
  }
}

type Paths = Readonly<Record<keyof ClassifierEntry['files'], string>>

async function checkedPaths(files: ClassifierEntry['files'], folder: string): Promise<Paths> {
  const at = async ({ file, sha256 }: ClassifierEntry['files']['weights']): Promise<string> => {
    const full = path.join(folder, file)
    const found = await sha256Of(full).catch(() => undefined)
    if (found === sha256) return full
    const why = found === undefined ? 'is not on this machine yet' : `is damaged (${file})`
    throw new AssayError('model/not-pulled', notHere(why))
  }
  const [weights, tokens, head, runtime, module, tokenizer] = await Promise.all([
    at(files.weights),
    at(files.tokens),
    at(files.head),
    at(files.runtime),
    at(files.module),
    at(files.tokenizer),
  ])
  return { weights, tokens, head, runtime, module, tokenizer }
}

const layerSchema = z.array(z.array(z.number()))
const headSchema = z.object({
  w_h1: layerSchema,
  b_h1: z.array(z.number()),
  w_h2: layerSchema,
  b_h2: z.array(z.number()),
  w_out: layerSchema,
  b_out: z.array(z.number()),
})

/** Three dense layers: ReLU, ReLU, logistic. */
async function readHead(file: string): Promise<(embedding: Float32Array) => number> {
  const { w_h1, b_h1, w_h2, b_h2, w_out, b_out } = headSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  return (embedding) => {
    const hidden = positive(dense(w_h2, b_h2, positive(dense(w_h1, b_h1, embedding))))
    return 1 / (1 + Math.exp(-(dense(w_out, b_out, hidden)[0] ?? 0)))
  }
}

function dense(weights: readonly (readonly number[])[], bias: readonly number[], x: ArrayLike<number>): number[] {
  return weights.map((row, i) => row.reduce((sum, weight, j) => sum + weight * (x[j] ?? 0), bias[i] ?? 0))
}

function positive(values: readonly number[]): number[] {
  return values.map((each) => Math.max(0, each))
}

const tokenizerModule = z.object({
  Tokenizer: z.custom<new (tokenizer: unknown, config: object) => { encode(text: string): { ids: number[] } }>(
    (value) => typeof value === 'function',
  ),
})

/** Texts to token ids, with the marks at both ends. */
async function readTokens({ tokenizer, tokens }: Paths): Promise<(text: string) => readonly number[]> {
  const { Tokenizer } = tokenizerModule.parse(await importFile(tokenizer))
  const own = new Tokenizer(JSON.parse(await readFile(tokens, 'utf8')), {})
  return (text) => {
    const { ids } = own.encode(text)
    const last = ids.at(-1)
    return ids.length <= MOST_TOKENS || last === undefined ? ids : [...ids.slice(0, MOST_TOKENS - 1), last]
  }
}

/** What is used of onnxruntime-web. */
interface Runtime {
  readonly env: { wasm: { numThreads?: number; wasmBinary?: Uint8Array } }
  readonly Tensor: new (type: 'int64', data: BigInt64Array, dims: readonly number[]) => object
  readonly InferenceSession: {
    create(weights: Uint8Array): Promise<{
      run(feeds: Readonly<Record<string, object>>): Promise<Readonly<Record<string, { readonly data: Float32Array }>>>
      release(): Promise<void>
    }>
  }
}

const runtimeModule = z.custom<Runtime>(
  (value) => typeof value === 'object' && value !== null && 'InferenceSession' in value && 'Tensor' in value,
)

interface Session {
  /** The last hidden state of each token, one row after the other. */
  run(ids: readonly number[]): Promise<Float32Array>
  close(): Promise<void>
}

async function openSession({ module, runtime, weights }: Paths): Promise<Session> {
  try {
    const ort = runtimeModule.parse(await importFile(module))
    ort.env.wasm.numThreads = 1
    ort.env.wasm.wasmBinary = await readFile(runtime)
    const session = await ort.InferenceSession.create(await readFile(weights))
    const tensor = (ids: readonly number[]): object =>
      new ort.Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length])
    return {
      async run(ids) {
        const { last_hidden_state: state } = await session.run({
          input_ids: tensor(ids),
          attention_mask: tensor(ids.map(() => 1)),
          token_type_ids: tensor(ids.map(() => 0)),
        })
        return state?.data ?? new Float32Array()
      },
      close: () => session.release(),
    }
  } catch (cause) {
    throw new AssayError(
      'model/local-failed',
      'The runtime of the injection classifier cannot be loaded here. Delete its files, then run: assay models pull injection-classifier',
      { cause, exit: 3 },
    )
  }
}

async function importFile(file: string): Promise<unknown> {
  return import(pathToFileURL(file).href)
}

/** Width of an embedding. */
const WIDTH = 384

function meanOf(rows: Float32Array): Float32Array {
  const out = new Float32Array(WIDTH)
  for (let i = 0; i < rows.length; i += 1) out[i % WIDTH] = (out[i % WIDTH] ?? 0) + (rows[i] ?? 0)
  const length = Math.hypot(...out)
  return length === 0 ? out : out.map((each) => each / length)
}
