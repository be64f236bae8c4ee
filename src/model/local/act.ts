import type { ToolCall } from '../../record/index.ts'

/** How every act begins, in both templates. What follows is the tool's name. */
export const actOpening = '{"tool":"'

/**
 * The one written form of a tool call for a local model: compact JSON on one line, the tool's name first, its arguments
 * beside it. `order` with `{"amount":20}` is `{"tool":"order","amount":20}`.
 *
 * Arguments that are no JSON object (a model may have written anything) are kept as text under `arguments`.
 */
export function writeAct(call: Pick<ToolCall, 'name' | 'arguments'>): string {
  const head = `{"tool":${JSON.stringify(call.name)}`
  const inside = objectText(call.arguments)
  if (inside === undefined) return `${head},"arguments":${JSON.stringify(call.arguments)}}`
  return inside === '{}' ? `${head}}` : `${head},${inside.slice(1)}`
}

/**
 * Reads an act that a grammar held to its form.
 *
 * @param text the whole of what was written, opening included; spaces round it do not count
 * @returns the tool and its arguments as JSON text, or undefined while the act is not complete
 */
export function readAct(text: string): { readonly name: string; readonly arguments: string } | undefined {
  const trimmed = text.trim()
  if (!trimmed.startsWith(actOpening) || !trimmed.endsWith('}') || objectText(trimmed) === undefined) return undefined
  // The name ends at the first quote that is not escaped; the grammar puts nothing between the name and what follows.
  const name = /^"(?:[^"\\]|\\.)*"/.exec(trimmed.slice(actOpening.length - 1))?.[0]
  if (name === undefined) return undefined
  const rest = trimmed.slice(actOpening.length - 1 + name.length)
  const parsed: unknown = JSON.parse(name)
  if (typeof parsed !== 'string') return undefined
  return { name: parsed, arguments: rest === '}' ? '{}' : `{${rest.slice(1)}` }
}

function objectText(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? JSON.stringify(value) : undefined
  } catch {
    return undefined
  }
}
