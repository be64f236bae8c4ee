import type {
  ControlledEvaluateInputItem,
  Llama,
  LlamaContextSequence,
  LlamaGrammar,
  LlamaGrammarEvaluationState,
  LlamaModel,
  Token,
} from 'node-llama-cpp'
import type { Scored, TokenLogprob } from '../model.ts'
import { readAct } from './act.ts'
import type { ChatTemplate, Rendered } from './chat-template.ts'
import type { AskJob, JobFailure, ScoreJob, Written } from './protocol.ts'
import { spreadSeed } from './seed.ts'
import { textStream } from './text-stream.ts'

/**
 * Tokens that are read at once. How many are read together changes the last bits of the numbers, so where a prompt is
 * cut depends on the prompt alone ({@link cutsOf}), and only pieces cut alike are kept for the next prompt: what the
 * session did before cannot change what it says now. Reading in pieces of 64 instead of 512 costs 4% of the prompt speed.
 */
export const piece = 64

/** Fewer tokens than this are computed as one after the other, bit for bit. */
const exact = 16

/** Smallest probability that survives in 32 bits; a token below it scores as this. */
const leastProbability = 1.4e-45

type Library = Pick<typeof import('node-llama-cpp'), 'LlamaGrammarEvaluationState'>

/** What a job needs from the outside. */
export interface Hooks {
  readonly onToken: (text: string) => void
  readonly cancelled: () => boolean
}

/** One model, one context, one sequence: answers one job at a time. */
export class Session {
  readonly #library: Library
  readonly #llama: Llama
  readonly #model: LlamaModel
  readonly #sequence: LlamaContextSequence
  readonly #template: ChatTemplate | undefined
  readonly #grammars = new Map<string, LlamaGrammar>()
  /** Where the tokens of the context were cut when they were read; what lies behind the last cut may not be kept. */
  #cuts: readonly number[] = []

  constructor(
    library: Library,
    llama: Llama,
    model: LlamaModel,
    sequence: LlamaContextSequence,
    template: ChatTemplate | undefined,
  ) {
    this.#library = library
    this.#llama = llama
    this.#model = model
    this.#sequence = sequence
    this.#template = template
  }

  async ask(job: AskJob, hooks: Hooks): Promise<Written | JobFailure> {
    const rendered = this.#render(job)
    if (rendered === undefined) return badRequest('the weights bring no chat template; ask with template "completion"')
    const { tokens, ends, stops, anchor = 0 } = rendered
    const room = this.#room(tokens.length)
    if (room < 1) return overflow(tokens.length, this.#sequence.contextSize)
    const grammar = await this.#grammar(job.grammar)
    if (grammar === 'refused')
      return badRequest('llama.cpp refuses the grammar made from the tools; simplify their schemas')
    const tail = await this.#read(tokens, anchor, hooks)
    if (tail === undefined) return aborted

    const written: Token[] = []
    const stream = textStream<Token>(
      (tokens, before) => this.#model.detokenize(tokens, false, before),
      [...job.stop, ...stops],
    )
    let text = job.opening
    let finish: Written['finish'] = 'length'
    const show = (more: string): void => {
      text += more
      hooks.onToken(more)
    }
    const options = {
      temperature: job.temperature,
      topP: job.topP,
      topK: 0,
      minP: 0,
      seed: spreadSeed(job.seed),
      yieldEogToken: true,
      ...(grammar === undefined ? {} : { grammarEvaluationState: grammar }),
    }
    const most = Math.min(job.maxTokens, room)
    for await (const token of this.#sequence.evaluate([...tail], options)) {
      if (hooks.cancelled()) return aborted
      if (this.#model.isEogToken(token)) {
        finish = 'stop'
        break
      }
      written.push(token)
      show(stream.push(token))
      if (stream.stopped || ends.some((end) => endsWith(written, end))) finish = 'stop'
      else if (grammar !== undefined && readAct(text) !== undefined) finish = 'tool-calls'
      if (finish !== 'length' || written.length >= most) break
    }
    show(stream.end())
    const logprobs =
      job.logprobs === undefined
        ? undefined
        : await this.#measure(tokens, anchor, written, job.logprobs, hooks.cancelled)
    if (hooks.cancelled()) return aborted
    return {
      type: 'written',
      text,
      finish,
      input: tokens.length,
      output: written.length,
      ...(logprobs === undefined ? {} : { logprobs }),
    }
  }

  async score(job: ScoreJob, hooks: Hooks): Promise<readonly Scored[] | JobFailure> {
    const prompt = this.#started(this.#model.tokenize(job.prompt, true))
    if (prompt.length === 0) return badRequest('a continuation cannot be scored after an empty prompt')
    const scores: Scored[] = []
    for (const continuation of job.continuations) {
      const tokens = this.#model.tokenize(continuation, false, 'trimLeadingSpace')
      if (this.#room(prompt.length) < tokens.length)
        return overflow(prompt.length + tokens.length, this.#sequence.contextSize)
      const measured = await this.#measure(prompt, 0, tokens, 0, hooks.cancelled)
      if (measured === undefined || hooks.cancelled()) return aborted
      scores.push({ logprob: measured.reduce((sum, token) => sum + token.logprob, 0), tokens: tokens.length })
    }
    return scores
  }

  #render(job: AskJob): Rendered | undefined {
    if (job.prompt.type === 'text') {
      const { text, anchor } = job.prompt
      const tokens = this.#started(this.#model.tokenize(text + job.opening))
      const rules = this.#started(this.#model.tokenize(text.slice(0, anchor)))
      return { tokens, ends: [], stops: [], anchor: anchor === 0 ? 0 : shared(tokens, rules) }
    }
    if (this.#template === undefined) return undefined
    const { turns, prefill } = job.prompt.chat
    return this.#template.render({ turns, prefill: prefill + job.opening })
  }

  #started(tokens: Token[]): Token[] {
    const { bos, shouldPrependBosToken } = this.#model.tokens
    return bos !== null && shouldPrependBosToken && tokens[0] !== bos ? [bos, ...tokens] : tokens
  }

  /** Tokens that may follow: the last one written need not be read, and the library keeps one place free. */
  #room(tokens: number): number {
    return this.#sequence.contextSize - 1 - tokens
  }

  /**
   * Reads all pieces of a prompt but the last.
   *
   * @param anchor tokens at the start that other prompts share
   * @returns the 1 to 64 tokens that are left to read, or undefined when cancelled
   */
  async #read(
    tokens: readonly Token[],
    anchor: number,
    hooks: Pick<Hooks, 'cancelled'>,
  ): Promise<readonly Token[] | undefined> {
    const sequence = this.#sequence
    const cuts = cutsOf(tokens.length, anchor)
    // Sliding windows and recurrent states cannot be cut back without reading again in other pieces: start afresh.
    const same = sequence.needsCheckpoints ? 0 : shared(sequence.contextTokens, tokens)
    const pieces = shared(this.#cuts, cuts)
    const known = cuts.slice(0, pieces).filter((cut) => cut <= same)
    const kept = known.at(-1) ?? 0
    this.#cuts = known
    if (kept < sequence.nextTokenIndex) {
      await sequence.eraseContextTokenRanges([{ start: kept, end: sequence.nextTokenIndex }])
    }
    let at = kept
    for (const cut of cuts.slice(known.length)) {
      if (hooks.cancelled()) return undefined
      await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(at, cut))
      at = cut
      this.#cuts = [...this.#cuts, cut]
    }
    return hooks.cancelled() ? undefined : tokens.slice(at)
  }

  /**
   * Log-probabilities of tokens after a prompt: the model's own, at temperature 1, over the whole vocabulary, before
   * any grammar. Read as they were written, so that the numbers are those the sampler saw.
   */
  async #measure(
    prompt: readonly Token[],
    anchor: number,
    written: readonly Token[],
    alternatives: number,
    cancelled: () => boolean,
  ): Promise<TokenLogprob[] | undefined> {
    if (written.length === 0) return []
    const tail = await this.#read(prompt, anchor, { cancelled })
    if (tail === undefined) return undefined
    const measured: TokenLogprob[] = []
    let inputs: ControlledEvaluateInputItem[] = [...tail.slice(0, -1), ...tail.slice(-1).map(withProbabilities)]
    while (measured.length < written.length) {
      if (cancelled()) return undefined
      const outputs = await this.#sequence.controlledEvaluate(inputs)
      for (const output of outputs) {
        const probabilities = output?.next.probabilities
        const token = written[measured.length]
        if (probabilities === undefined || token === undefined) continue
        measured.push(this.#logprob(token, probabilities, alternatives))
      }
      const next = measured.length - 1
      inputs = written.slice(next, Math.min(next + exact, written.length - 1)).map(withProbabilities)
    }
    return measured
  }

  #logprob(token: Token, probabilities: ReadonlyMap<Token, number>, alternatives: number): TokenLogprob {
    const own = { token: this.#model.detokenize([token], true), logprob: logarithm(probabilities.get(token)) }
    if (alternatives === 0) return own
    // The library sorts them from the likeliest down.
    const top = [...probabilities].slice(0, alternatives).map(([other, probability]) => ({
      token: this.#model.detokenize([other], true),
      logprob: logarithm(probability),
    }))
    return { ...own, top }
  }

  async #grammar(source: string | undefined): Promise<LlamaGrammarEvaluationState | 'refused' | undefined> {
    if (source === undefined) return undefined
    let grammar = this.#grammars.get(source)
    if (grammar === undefined) {
      try {
        grammar = await this.#llama.createGrammar({ grammar: source })
      } catch {
        return 'refused'
      }
      if (this.#grammars.size >= 64) this.#grammars.clear()
      this.#grammars.set(source, grammar)
    }
    return new this.#library.LlamaGrammarEvaluationState({ model: this.#model, grammar })
  }
}

/**
 * Where a prompt of some length is cut: every 64 tokens from its start to the anchor, at the anchor, and every 64 from
 * there on. The last piece is left out; it holds 1 to 64 tokens.
 */
export function cutsOf(length: number, anchor: number): readonly number[] {
  const cuts: number[] = []
  for (let at = 0; ;) {
    at = at < anchor ? Math.min(at + piece, anchor) : at + piece
    if (at >= length) return cuts
    cuts.push(at)
  }
}

/** How many items two lists share from their start. */
function shared<Item>(a: readonly Item[], b: readonly Item[]): number {
  const length = Math.min(a.length, b.length)
  let at = 0
  while (at < length && a[at] === b[at]) at += 1
  return at
}

const aborted: JobFailure = { type: 'failure', kind: 'aborted', message: 'cancelled' }

function withProbabilities(token: Token): ControlledEvaluateInputItem {
  return [token, { generateNext: { probabilities: true } }]
}

function logarithm(probability: number | undefined): number {
  return Math.log(Math.max(probability ?? 0, leastProbability))
}

function badRequest(message: string): JobFailure {
  return { type: 'failure', kind: 'bad-request', message }
}

function overflow(tokens: number, window: number): JobFailure {
  return {
    type: 'failure',
    kind: 'context-overflow',
    message: `the prompt has ${tokens} tokens and the context holds ${window}, one of them kept free`,
  }
}

function endsWith(tokens: readonly Token[], end: readonly Token[]): boolean {
  return (
    end.length > 0 &&
    end.length <= tokens.length &&
    end.every((token, index) => tokens[tokens.length - end.length + index] === token)
  )
}
