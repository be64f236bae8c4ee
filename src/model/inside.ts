/** A vector added to the residual stream at the output of every block of a range. */
export interface Injection {
  /** One number for each dimension of the residual stream. */
  readonly vector: Float32Array
  /** First and last block, counted from 0, both included; block 0 takes none. */
  readonly from: number
  readonly to: number
  /** The vector is added this many times; below 0 it is taken away. */
  readonly strength: number
}

/** A residual that replaces the one at the output of a block, for one token. */
export interface Patch {
  readonly layer: number
  /** Tokens from the start of the text. */
  readonly token: number
  readonly vector: Float32Array
}

/** What can be looked into, and how. */
export interface InsideFacts {
  /** `native`: calls into llama.cpp. `rewrite`: GGUF files rewritten. `planted`: a toy with known directions. */
  readonly way: 'native' | 'rewrite' | 'planted'
  readonly architecture: string
  /** Blocks. Layer n is the output of block n, counted from 0. */
  readonly layers: number
  /** Dimensions of the residual stream. */
  readonly width: number
  readonly vocabulary: number
  /** Tokens of one text, prompt and continuation together. */
  readonly window: number
}

export interface WriteOptions {
  readonly maxTokens: number
  /** 0 is greedy. Default 0.8. */
  readonly temperature?: number
  /** Tokens less likely than this share of the likeliest are left out. Default 0.05. */
  readonly minP?: number
  /** One for each prompt. */
  readonly seeds: readonly number[]
  /** What is added from which written token on; an entry holds until the next. Default: nothing. */
  readonly schedule?: readonly Scheduled[]
  /** Told what each token adds to which text. */
  readonly onText?: (text: string, index: number) => void
  readonly signal?: AbortSignal
}

export interface Scheduled {
  /** Tokens written before; 0 is the prompt itself. */
  readonly at: number
  readonly injections: readonly Injection[]
}

/** A continuation. `tokens` are those written. */
export interface Written {
  readonly text: string
  readonly tokens: number
  /** Where in `text` each entry of the schedule took over. */
  readonly turns: readonly number[]
}

/** A prompt and a continuation whose log-probability is asked. */
export interface Pair {
  readonly prompt: string
  readonly continuation: string
}

/** The residual stream after one token. */
export interface TokenState {
  readonly piece: string
  readonly vector: Float32Array
}

export interface NextOptions {
  readonly injections?: readonly Injection[]
  readonly patches?: readonly Patch[]
  /** Read out the residual of this layer as if it were the last (the logit lens). */
  readonly lens?: number
}

/**
 * The inside of a model: what instruments read and write there. The native white box, rewritten files and scripted models
 * are three of them.
 *
 * Every call throws AssayError `probe/bad-request` for a vector of another length, numbers that are none, a layer the
 * model does not have or a text longer than the window; `probe/cannot` for what this way does not do; `probe/died` when
 * the process that holds the weights ended.
 */
export interface Inside {
  readonly facts: InsideFacts
  /**
   * Mean residual of each text over its tokens but the first (an attention sink), at each layer asked.
   *
   * @returns for each layer, in the order asked, one vector a text
   */
  read(
    texts: readonly string[],
    layers: readonly number[],
    signal?: AbortSignal,
  ): Promise<readonly (readonly Float32Array[])[]>
  /** The residual behind every token of a text, the first too. */
  trace(text: string, layer: number): Promise<readonly TokenState[]>
  /** Continues prompts side by side; the same prompts, seeds and options give the same texts. */
  write(prompts: readonly string[], options: WriteOptions): Promise<readonly Written[]>
  /** Sum of log-probabilities (nats) of each continuation, with its tokens. */
  score(
    pairs: readonly Pair[],
    injections?: readonly Injection[],
  ): Promise<readonly { readonly logprob: number; readonly tokens: number }[]>
  /** Logits of the token behind a text, one for each token of the vocabulary. */
  next(text: string, options?: NextOptions): Promise<Float32Array>
  /** Text of one token of the vocabulary. */
  piece(token: number): Promise<string>
  /** True once a process that held the weights ended by itself; absent where there is none. */
  died?(): boolean
  /** Lets go of weights and processes. Safe to call twice. */
  close(): Promise<void>
}
