import { AssayError, reasonOf } from '../assay-error.ts'
import type { Inside, Written } from '../model/index.ts'
import {
  concepts,
  conceptNamed,
  countWords,
  findDirection,
  heldOutByLayer,
  openInside,
  textsBeside,
  textsOf,
  type Concept,
  type ConceptTexts,
  type HeldOut,
} from '../inside/index.ts'
import { readText, seedFrom } from '../record/index.ts'
import { onInterrupt } from './interrupt.ts'
import { plainTable } from './table.ts'
import type { Answer } from './command.ts'
import type { SteerOptions } from './commands/steer.ts'
import { steeredColumns, steeredLine } from './steered-columns.ts'
import type { Terminal } from './terminal.ts'

/** What is turned up: a concept that ships with Assay, or the difference between two files of sentences. */
interface Subject {
  readonly name: string
  readonly texts: ConceptTexts
  readonly concept?: Concept
}

/** `assay steer`: a local model with a concept turned up. */
export async function steer(terminal: Terminal, prompt: string | undefined, options: SteerOptions): Promise<Answer> {
  const subject = subjectOf(options)
  if (prompt === undefined && options.probe === undefined)
    throw new AssayError(
      'cli/usage',
      'What should the model go on with? For example: assay steer --concept sea "I went for a walk and"',
    )
  const interrupt = onInterrupt(terminal.note)
  const inside = await openInside(options.model, { way: options.way })
  try {
    if (options.probe !== undefined) return await probe(terminal, inside, subject, options.probe, interrupt.stopping)
    const layer = options.layer ?? Math.floor(inside.facts.layers / 2)
    const { kind } = options
    const vector = await findDirection(inside, subject.texts, layer, kind, options.seed, interrupt.stopping)
    const { positive, negative } = subject.texts
    terminal.note(
      `${subject.name}: ${kind} direction of ${positive.length} + ${negative.length} sentences, added after block ${layer} of ${inside.facts.layers}`,
    )
    const write = (strength: number, onText?: (text: string) => void): Promise<readonly Written[]> =>
      inside.write([prompt ?? ''], {
        maxTokens: options.tokens,
        temperature: options.temperature,
        seeds: [seedFrom(options.seed, 'steer')],
        schedule: [{ at: 0, injections: [{ vector, from: layer, to: layer, strength }] }],
        signal: interrupt.stopping,
        ...(onText !== undefined && { onText }),
      })
    const strengths = options.compare ?? [options.strength]
    const texts =
      options.compare === undefined
        ? [await streamed(terminal, prompt ?? '', (onText) => write(options.strength, onText))]
        : await Promise.all(strengths.map(async (strength) => (await write(strength))[0]?.text ?? ''))
    const scores = await inside.score(texts.map((text) => ({ prompt: prompt ?? '', continuation: text || ' ' })))
    const rows = texts.map((text, i) => ({
      strength: strengths[i] ?? 0,
      text,
      ...(subject.concept !== undefined && { conceptWords: shareOf(text, subject.concept) }),
      natsPerToken: -(scores[i]?.logprob ?? 0) / Math.max(1, scores[i]?.tokens ?? 1),
    }))
    if (options.compare !== undefined) terminal.print(steeredColumns(terminal, rows))
    terminal.note(rows.map((row) => steeredLine(row)).join('\n'))
    terminal.document({ model: options.model, concept: subject.name, kind, layer, prompt, rows })
    return 0
  } catch (cause) {
    if (cause instanceof AssayError && cause.code === 'probe/aborted') return 130
    throw cause
  } finally {
    await inside.close()
    interrupt.release()
  }
}

function subjectOf({ concept, with: positive, without: negative }: SteerOptions): Subject {
  if (concept !== undefined && (positive !== undefined || negative !== undefined))
    throw new AssayError(
      'cli/usage',
      'Name a concept or bring two files: --concept does not go with --with and --without.',
    )
  if (positive !== undefined && negative !== undefined)
    return { name: 'your texts', texts: { positive: linesOf(positive), negative: linesOf(negative) } }
  if (positive !== undefined || negative !== undefined)
    throw new AssayError(
      'cli/usage',
      'Give your own texts as two files, one sentence a line: --with FILE --without FILE.',
    )
  if (concept === undefined) {
    const names = concepts.map(({ name }) => name).join(', ')
    throw new AssayError('cli/usage', `Which concept? --concept ${names}; or --with FILE --without FILE.`)
  }
  const found = conceptNamed(concept)
  return { name: found.name, texts: textsOf(found).train, concept: found }
}

const MOST_LINES = 5000

function linesOf(file: string): readonly string[] {
  let text: string
  try {
    text = readText(file)
  } catch (cause) {
    if (cause instanceof AssayError) throw cause
    throw new AssayError('cli/file', `${file} cannot be read: ${reasonOf(cause)}`, { cause })
  }
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  if (lines.length < 2 || lines.length > MOST_LINES)
    throw new AssayError('cli/file', `${file} has ${lines.length} sentences; bring 2 to ${MOST_LINES}, one a line.`)
  return lines
}

/** Shows the text as it comes. */
async function streamed(
  terminal: Terminal,
  prompt: string,
  write: (onText: (text: string) => void) => Promise<readonly Written[]>,
): Promise<string> {
  let begun = false
  const say = (text: string): void => {
    if (!begun) terminal.piece(terminal.style('dim', prompt))
    begun = true
    terminal.piece(text)
  }
  try {
    const [written] = await write(say)
    say('')
    return written?.text ?? ''
  } finally {
    // A text that was cut off ends its line too; one that never began leaves none.
    if (begun) terminal.piece('\n')
  }
}

function shareOf(text: string, concept: Concept): number {
  const { own, all } = countWords(text, concept)
  return own / Math.max(1, all)
}

/** How well a probe trained on half of the sentences tells the other half apart, whose words it never saw. */
async function probe(
  terminal: Terminal,
  inside: Inside,
  { name, concept }: Subject,
  layers: readonly number[],
  signal: AbortSignal,
): Promise<Answer> {
  if (concept === undefined)
    throw new AssayError(
      'cli/usage',
      '--probe takes a concept that ships with Assay: it needs two halves without a common word.',
    )
  const readings = await heldOutByLayer(inside, textsOf(concept), layers, textsBeside(concept), signal)
  const table = plainTable(['layer', 'against everyday sentences', '95%', 'against the other concepts', '95%'])
  const rows = readings.map(({ layer, auroc, aurocOther, positive, negative }) => {
    table.push([String(layer), ...areaOf(auroc), ...areaOf(aurocOther)])
    return { layer, auroc, aurocOther, positive: positive.length, negative: negative.length }
  })
  terminal.print(table.toString())
  terminal.note(
    `${name}: area under the ROC curve; trained on 64 + 64 sentences, tested on 64 of other words against 64 everyday ones and against 56 of the other seven concepts, which the probe never saw`,
  )
  terminal.document({ concept: name, rows })
  return 0
}

function areaOf(area: HeldOut['auroc'] | undefined): readonly [value: string, interval: string] {
  if (area?.type !== 'estimate') return ['—', '—']
  return [area.value.toFixed(3), `${area.interval.low.toFixed(3)} to ${area.interval.high.toFixed(3)}`]
}
