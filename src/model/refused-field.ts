/** Words by which a server says that it does not take a field at all. */
const refusing =
  /unsupported|unknown|unrecogni[sz]ed|unexpected|not supported|does not support|not permitted|not allowed|cannot find field|extra_forbidden/i

/** Where servers name the field in the text alone, with who does. */
const inText: readonly { readonly says: RegExp; readonly who: string }[] = [
  { says: /\bbody -> ([\w.]+)/g, who: 'NVIDIA' },
  { says: /'loc': \('body', '([\w.]+)'/g, who: 'vLLM, as Python prints it' },
  {
    says: /(?:unsupported|unknown|unrecogni[sz]ed|unexpected)(?: request| keyword)? (?:parameter|argument|field|property|name|key)s?(?: supplied)?:? [`'"]?(\w[\w.]*)/gi,
    who: 'OpenAI, Google, many gateways',
  },
  { says: /(?:property|parameter|field|argument) [`'"]([\w.]+)[`'"] (?:is|was) \w/gi, who: 'Groq, Cerebras' },
  {
    says: /(?:^|: )[`'"]?(\w[\w.]*)[`'"]?:? (?:is (?:unsupported|not supported)|extra inputs are)/gi,
    who: 'Anthropic, Bedrock',
  },
  { says: /does not support parameters: [{[] ?'(\w+)'/g, who: 'LiteLLM' },
]

/** The fields that a message says the server does not take. */
export function fieldsIn(message: string): readonly string[] {
  if (!refusing.test(message)) return []
  return inText.flatMap(({ says }) => [...message.matchAll(says)].flatMap(([, field]) => field ?? []))
}

/** The field of one issue, as pydantic writes it: `["body", "messages", 0, "name"]`. */
export function fieldAt(loc: readonly (string | number)[]): readonly string[] {
  const path = loc[0] === 'body' ? loc.slice(1) : loc
  return path.length === 0 ? [] : [path.join('.')]
}

/** Whether what is said of a field is that it is not taken, rather than that its value is wrong. */
export function refuses(saying: string): boolean {
  return refusing.test(saying)
}

/** What to type where a field is refused: a quirk, or what to leave out. */
const remedies: { readonly [field: string]: string } = {
  seed: "set quirks: { seed: 'none' }",
  random_seed: "set quirks: { seed: 'none' }",
  max_tokens: "set quirks: { maxTokens: 'max_completion_tokens' }",
  max_completion_tokens: "set quirks: { maxTokens: 'max_tokens' }",
  stream_options: "set quirks: { usage: 'unasked' }",
  logprobs: "set quirks: { logprobs: 'refused' }",
  top_logprobs: "set quirks: { logprobs: 'refused' }",
  reasoning_content: "set quirks: { reasoning: 'none' }",
  reasoning_details: "set quirks: { reasoning: 'none' }",
  reasoning_effort: 'leave the reasoning effort out',
  reasoning: 'leave the reasoning effort out',
  temperature: 'leave the temperature out',
  top_p: 'leave topP out',
}

/** What to do about refused fields of a provider. */
export function remedyFor(fields: readonly string[], provider: string): string | undefined {
  const steps = fields.flatMap((field) => field.split('.').flatMap((name) => remedies[name] ?? []))
  const [first] = steps
  return first === undefined ? undefined : `${[...new Set(steps)].join(', ')} for ${provider}`
}
