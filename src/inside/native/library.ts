import { AssayError, codeOf, reasonOf } from '../../assay-error.ts'
import { findLibrary, wrongRelease } from './find-library.ts'
import { BATCH, CONTEXT_PARAMS, DEFAULTS, koffiFits, MODEL_PARAMS, PINS, SIZES } from './pins.ts'

/** An address in native memory. */
export type Pointer = bigint

/** A struct passed by value, by field name. */
type Struct = Record<string, number | boolean | Pointer | null>

/** The functions of llama.cpp that the white box calls, with their memory helpers. */
export interface Library {
  readonly modelParams: () => Struct
  readonly contextParams: () => Struct
  readonly loadModel: (file: string, params: Struct) => Pointer | null
  readonly freeModel: (model: Pointer) => void
  readonly newContext: (model: Pointer, params: Struct) => Pointer | null
  readonly freeContext: (context: Pointer) => void
  readonly width: (model: Pointer) => number
  readonly layers: (model: Pointer) => number
  readonly trained: (model: Pointer) => number
  readonly hasEncoder: (model: Pointer) => boolean
  readonly vocabulary: (model: Pointer) => Pointer
  readonly tokens: (vocabulary: Pointer) => number
  readonly isEnd: (vocabulary: Pointer, token: number) => boolean
  readonly addsStart: (vocabulary: Pointer) => boolean
  readonly tokenize: (
    vocabulary: Pointer,
    text: string,
    bytes: number,
    out: Int32Array,
    most: number,
    start: boolean,
    special: boolean,
  ) => number
  readonly piece: (
    vocabulary: Pointer,
    token: number,
    out: Uint8Array,
    most: number,
    strip: number,
    special: boolean,
  ) => number
  readonly decode: (context: Pointer, batch: Struct) => number
  readonly logits: (context: Pointer, row: number) => Pointer | null
  readonly memory: (context: Pointer) => Pointer
  readonly clear: (memory: Pointer, data: boolean) => void
  readonly steer: (
    context: Pointer,
    data: Float32Array | null,
    length: number,
    width: number,
    from: number,
    to: number,
  ) => number
  readonly tensorName: (tensor: Pointer) => string
  readonly tensorBytes: (tensor: Pointer) => number | bigint
  readonly tensorGet: (tensor: Pointer, out: Uint8Array, offset: number, bytes: number) => void
  readonly tensorSet: (tensor: Pointer, data: Uint8Array, offset: number, bytes: number) => void
  /** Native memory as floats: valid until the next decode. */
  readonly floats: (pointer: Pointer, length: number) => Float32Array
  readonly address: (array: NodeJS.ArrayBufferView) => Pointer
  /** A native function that calls this one, on the thread that decodes. */
  readonly evalCallback: (call: (tensor: Pointer, ask: boolean) => boolean) => Pointer
  readonly release: (callback: Pointer) => void
}

/**
 * Opens the library and holds every layout that can be checked against the pinned release.
 *
 * @throws AssayError `probe/no-koffi`, `probe/no-library`, `probe/wrong-release`, `probe/wrong-layout`
 */
export async function openLibrary(): Promise<Library> {
  const koffi = await import('koffi').then(
    (loaded) => loaded.default,
    (cause: unknown) => {
      const why =
        codeOf(cause) === 'ERR_MODULE_NOT_FOUND' ? 'which is not installed' : `which broke: ${reasonOf(cause)}`
      throw new AssayError(
        'probe/no-koffi',
        `The white box needs koffi, ${why}. Run: npm install --save-exact koffi@${PINS.koffi}`,
      )
    },
  )
  if (!koffiFits(koffi.version)) throw wrongRelease('koffi', koffi.version, PINS.koffi)
  const files = findLibrary()
  const structs = [
    koffi.struct('llama_model_params', { ...MODEL_PARAMS }),
    koffi.struct('llama_context_params', { ...CONTEXT_PARAMS }),
    koffi.struct('llama_batch', { ...BATCH }),
  ]
  for (const struct of structs) {
    const name = struct.name
    if (koffi.sizeof(struct) !== SIZES[name])
      throw wrongLayout(`${name} has ${koffi.sizeof(struct)} bytes, not ${String(SIZES[name])}`)
  }
  const ggml = koffi.load(files.ggml)
  const llama = koffi.load(files.llama)
  const base = koffi.load(files.base)
  // The log callback is the process's only one and may fire on any thread, so it must not be JavaScript: getpid ignores
  // what it is given and does nothing.
  if (process.platform === 'linux') {
    const silence: Pointer = koffi.load('libc.so.6').symbol('getpid')
    llama.func('void llama_log_set(void *callback, void *data)')(silence, null)
    ggml.func('void ggml_log_set(void *callback, void *data)')(silence, null)
  }
  ggml.func('void ggml_backend_load_all_from_path(const char *folder)')(files.folder)
  llama.func('void llama_backend_init()')()
  const evalType = koffi.pointer(koffi.proto('bool AssayEval(void *tensor, bool ask, void *data)'))
  const library: Library = {
    modelParams: llama.func('llama_model_params llama_model_default_params()'),
    contextParams: llama.func('llama_context_params llama_context_default_params()'),
    loadModel: llama.func('void *llama_model_load_from_file(const char *file, llama_model_params params)'),
    freeModel: llama.func('void llama_model_free(void *model)'),
    newContext: llama.func('void *llama_init_from_model(void *model, llama_context_params params)'),
    freeContext: llama.func('void llama_free(void *context)'),
    width: llama.func('int32_t llama_model_n_embd(void *model)'),
    layers: llama.func('int32_t llama_model_n_layer(void *model)'),
    trained: llama.func('int32_t llama_model_n_ctx_train(void *model)'),
    hasEncoder: llama.func('bool llama_model_has_encoder(void *model)'),
    vocabulary: llama.func('void *llama_model_get_vocab(void *model)'),
    tokens: llama.func('int32_t llama_vocab_n_tokens(void *vocab)'),
    isEnd: llama.func('bool llama_vocab_is_eog(void *vocab, int32_t token)'),
    addsStart: llama.func('bool llama_vocab_get_add_bos(void *vocab)'),
    tokenize: llama.func(
      'int32_t llama_tokenize(void *vocab, const char *text, int32_t bytes, _Out_ int32_t *tokens, int32_t most, bool start, bool special)',
    ),
    piece: llama.func(
      'int32_t llama_token_to_piece(void *vocab, int32_t token, _Out_ uint8_t *out, int32_t most, int32_t strip, bool special)',
    ),
    decode: llama.func('int32_t llama_decode(void *context, llama_batch batch)'),
    logits: llama.func('void *llama_get_logits_ith(void *context, int32_t row)'),
    memory: llama.func('void *llama_get_memory(void *context)'),
    clear: llama.func('void llama_memory_clear(void *memory, bool data)'),
    steer: llama.func(
      'int32_t llama_set_adapter_cvec(void *context, const float *data, size_t length, int32_t width, int32_t from, int32_t to)',
    ),
    tensorName: base.func('const char *ggml_get_name(void *tensor)'),
    tensorBytes: base.func('size_t ggml_nbytes(void *tensor)'),
    tensorGet: base.func('void ggml_backend_tensor_get(void *tensor, _Out_ uint8_t *out, size_t offset, size_t bytes)'),
    tensorSet: base.func(
      'void ggml_backend_tensor_set(void *tensor, const uint8_t *data, size_t offset, size_t bytes)',
    ),
    floats: (pointer, length) => new Float32Array(koffi.view(pointer, length * 4)),
    address: (array) => koffi.address(array),
    evalCallback: (call) => koffi.register(call, evalType),
    release: (callback) => koffi.unregister(callback),
  }
  const defaults = library.contextParams()
  for (const [field, wanted] of Object.entries(DEFAULTS)) {
    if (defaults[field] !== wanted && Number(defaults[field]) !== Number(wanted))
      throw wrongLayout(`the default of ${field} reads ${String(defaults[field])}, not ${String(wanted)}`)
  }
  return library
}

function wrongLayout(why: string): AssayError {
  return new AssayError(
    'probe/wrong-layout',
    `llama.cpp ${PINS.llamaCpp} does not have the layout the white box was written against (${why}): install node-llama-cpp ${PINS.libllama} exactly.`,
  )
}
