import type { Model } from './model.ts'
import type { ServedModel, ServeOptions } from './serve/serve.ts'

/**
 * Serves a model as an OpenAI-compatible endpoint on this machine. The server is loaded only now.
 *
 * @throws AssayError `model/port-taken`, `model/cannot-listen`
 */
export async function serveChatCompletions(model: Model, options: ServeOptions): Promise<ServedModel> {
  const { serve } = await import('./serve/serve.ts')
  return serve(model, options)
}
