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
 * Tokens that are read at once. How many are read together changes the last bits of the numbers, so a prompt is always
 * cut at multiples of this, and only whole pieces are kept for the next prompt: what the session did before cannot
 * change what it says now. Reading in pieces of 64 instead of 512 costs 4% of the prompt speed.
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
  /** How many tokens of the context were read in whole pieces, so that they may be kept. */
  #sound = 0

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
    const { tokens, ends, stops } = rendered
    const room = this.#room(tokens.length)
    if (room < 1) return overflow(tokens.length, this.#sequence.contextSize)
    const grammar = await this.#grammar(job.grammar)
    if (grammar === 'refused')
      return badRequest('llama.cpp refuses the grammar made from the tools; simplify their schemas')
    const tail = await this.#read(tokens, hooks)
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
      job.logprobs === undefined ? undefined : await this.#measure(tokens, written, job.logprobs, hooks.cancelled)
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
      const measured = await this.#measure(prompt, tokens, 0, hooks.cancelled)
      if (measured === undefined || hooks.cancelled()) return aborted
      scores.push({ logprob: measured.reduce((sum, token) => sum + token.logprob, 0), tokens: tokens.length })
    }
    return scores
  }

  #render(job: AskJob): Rendered | undefined {
    if (job.prompt.type === 'text') {
      return { tokens: this.#started(this.#model.tokenize(job.prompt.text + job.opening)), ends: [], stops: [] }
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
   * Reads all whole pieces of a prompt but its last tokens.
   *
   * @returns the 1 to 64 tokens that are left to read, or undefined when cancelled
   */
  async #read(tokens: readonly Token[], hooks: Pick<Hooks, 'cancelled'>): Promise<readonly Token[] | undefined> {
    const sequence = this.#sequence
    const whole = Math.floor((tokens.length - 1) / piece) * piece
    const known = sequence.contextTokens
    let kept = 0
    // Sliding windows and recurrent states cannot be cut back without reading again in other pieces: start afresh.
    if (!sequence.needsCheckpoints) {
      const most = Math.min(this.#sound, whole)
      while (kept < most && known[kept] === tokens[kept]) kept += 1
      kept -= kept % piece
    }
    this.#sound = kept
    if (kept < sequence.nextTokenIndex) {
      await sequence.eraseContextTokenRanges([{ start: kept, end: sequence.nextTokenIndex }])
    }
    for (let at = kept; at < whole; at += piece) {
      if (hooks.cancelled()) return undefined
      await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(at, at + piece))
      this.#sound = at + piece
    }
    return hooks.cancelled() ? undefined : tokens.slice(whole)
  }

  /**
   * Log-probabilities of tokens after a prompt: the model's own, at temperature 1, over the whole vocabulary, before
   * any grammar. Read as they were written, so that the numbers are those the sampler saw.
   */
  async #measure(
    prompt: readonly Token[],
    written: readonly Token[],
    alternatives: number,
    cancelled: () => boolean,
  ): Promise<TokenLogprob[] | undefined> {
    if (written.length === 0) return []
    const tail = await this.#read(prompt, { cancelled })
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
