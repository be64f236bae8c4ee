import fs from 'node:fs'
import { AssayError } from '../src/assay-error.ts'
import { pullModel, type Inside, type Injection } from '../src/model/index.ts'
import { conceptNamed, findDirection, openInside, textsOf } from '../src/inside/index.ts'
import type { Figure, Measured } from './table.ts'

const TEXTS = 1000
const TOKENS = 32
const ROUNDS = 5

/** How fast the inside of the local model is read, and what a vector costs while it writes. */
export async function whitebox(): Promise<Measured> {
  let inside: Inside
  try {
    await pullModel('smollm2-135m')
    inside = await openInside('local/smollm2-135m', { workers: 2 })
  } catch (cause) {
    if (cause instanceof AssayError) return { type: 'skipped', why: cause.message }
    throw cause
  }
  try {
    const layer = Math.floor(inside.facts.layers / 2)
    const concept = textsOf(conceptNamed('sea')).train
    const vector = await findDirection(inside, concept, layer, 'contrast')
    const all = [...concept.positive, ...concept.negative]
    const texts = Array.from({ length: TEXTS }, (_, i) => all[i % all.length] ?? '')
    const reading = await timed(() => inside.read(texts, [layer]))
    const injections = [{ vector, from: layer, to: layer, strength: 2 }]
    const plain: number[] = []
    const steered: number[] = []
    // In turns, and the best of each, so that whatever else the machine does weighs as little as it can.
    for (let round = 0; round < ROUNDS; round++) {
      plain.push(await speed(inside, []))
      steered.push(await speed(inside, injections))
    }
    const figures: Figure[] = [
      {
        name: `white box: hidden states of ${TEXTS} short texts at one layer, 2 processes`,
        value: reading.wall,
        unit: 's',
        goal: { type: 'at-most', value: 60 },
      },
      ...(reading.cpu === undefined
        ? []
        : [{ name: 'white box: the same in processor time, over 2 cores', value: reading.cpu / 2, unit: 's' }]),
      { name: 'white box: tokens written a second of processor, nothing added', value: Math.max(...plain), unit: '' },
      {
        name: 'white box: steered writing, share of that speed',
        value: Math.max(...steered) / Math.max(...plain),
        unit: '',
        goal: { type: 'at-least', value: 0.8 },
      },
    ]
    return { type: 'figures', figures }
  } finally {
    await inside.close()
  }
}

async function speed(inside: Inside, injections: readonly Injection[]): Promise<number> {
  let tokens = 0
  const { wall, cpu } = await timed(async () => {
    const [written] = await inside.write(['I went for a walk and'], {
      maxTokens: TOKENS,
      seeds: [5],
      schedule: [{ at: 0, injections }],
    })
    tokens = written?.tokens ?? 0
  })
  return tokens / (cpu ?? wall)
}

/** Seconds on the clock, and of processor in the processes that hold the weights, where the system tells them. */
async function timed(work: () => Promise<unknown>): Promise<{ readonly wall: number; readonly cpu?: number }> {
  const [started, before] = [performance.now(), processor()]
  await work()
  const after = processor()
  const wall = (performance.now() - started) / 1000
  return before === undefined || after === undefined ? { wall } : { wall, cpu: after - before }
}

/** Seconds of processor that this process's children have used; the system counts hundredths. */
function processor(): number | undefined {
  const list = `/proc/self/task/${process.pid}/children`
  if (!fs.existsSync(list)) return undefined
  const pids = fs.readFileSync(list, 'utf8').trim().split(' ')
  const ticks = pids.map((pid) => {
    const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    return Number(fields[11]) + Number(fields[12])
  })
  return ticks.reduce((total, each) => total + each, 0) / 100
}
