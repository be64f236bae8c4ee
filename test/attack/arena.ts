import fs from 'node:fs'
import path from 'node:path'
import { plainScaffold, type Limits } from '../../src/agent/index.ts'
import {
  builtInBehaviours,
  runAttack,
  stackOf,
  type Attack,
  type AttackEffects,
  type AttackEnding,
  type Behaviour,
} from '../../src/attack/index.ts'
import { controlFrom, type Answer, type Model, type Request } from '../../src/model/index.ts'
import { allEvents, Journal, type Event, type JournalOptions } from '../../src/record/index.ts'
import { temporaryFolder } from '../temporary-folder.ts'

export function behaviour(id = 'secret-password', seed = 'test'): Behaviour {
  const found = builtInBehaviours(seed).find((each) => each.id === id)
  if (found === undefined) throw new Error(`there is no behaviour ${id}`)
  return found
}

/** A target that says what it is told to. */
export function target(says: (request: Request) => string): Model {
  return controlFrom('target', 'says what the test tells it', (request) => {
    const text = says(request)
    return text === '' ? [] : [{ type: 'text', text }]
  })
}

/** The same behind a meter: 100 tokens in and 10 out a call, at $1 and $10 a million. */
export function metered(model: Model, answer?: (request: Request) => Answer | undefined): Model {
  return {
    ...model,
    pricing: { type: 'priced', price: { input: 1, output: 10, asOf: '2026-01-01', source: 'test' } },
    async ask(request, options) {
      const other = answer?.(request)
      if (other !== undefined) return other
      const reply = await model.ask(request, options)
      return reply.type === 'failure' ? reply : { ...reply, usage: { input: 100, output: 10 } }
    },
  }
}

export const overflowing: Answer = {
  type: 'failure',
  kind: 'context-overflow',
  message: 'too long',
  retries: [],
  timing: { sent: 0, lastToken: 0 },
}

export const down: Answer = {
  type: 'failure',
  kind: 'unreachable',
  message: 'nobody is there',
  retries: [],
  timing: { sent: 0, lastToken: 0 },
}

const journalOptions: JournalOptions = { durability: 'each-second', now: () => 0, redact: (line) => line }

export interface Fought {
  readonly ending: AttackEnding
  readonly events: readonly Event[]
  readonly file: string
}

/** Fights an attack in a journal of its own, or goes on in one. */
export async function fight(
  attack: Partial<Attack> & Pick<Attack, 'attacker'>,
  model: Model,
  options: {
    readonly limits?: Limits
    readonly partners?: Readonly<Record<string, Model>>
    readonly file?: string
    readonly stopping?: () => boolean
    readonly now?: () => number
    readonly effects?: Partial<AttackEffects>
  } = {},
): Promise<Fought> {
  const file = options.file ?? path.join(temporaryFolder(), 'trial.jsonl')
  const journal = new Journal(file, { ...journalOptions, ...(options.now !== undefined && { now: options.now }) })
  try {
    const ending = await runAttack(
      { behaviour: behaviour(), stack: stackOf([]), ...attack },
      {
        scaffold: plainScaffold,
        sampling: { maxOutputTokens: 20 },
        limits: options.limits ?? { turns: 10 },
        worldSeed: 'world',
        modelSeed: 'model',
      },
      {
        journal,
        model,
        partners: new Map(Object.entries(options.partners ?? {})),
        signal: new AbortController().signal,
        reserve: async () => ({ settle: () => undefined, abandon: () => undefined }),
        stopping: options.stopping ?? (() => false),
        ...options.effects,
      },
    )
    return { ending, events: eventsIn(file), file }
  } finally {
    await journal.close()
  }
}

export function eventsIn(file: string): readonly Event[] {
  return [...allEvents(file)].map(({ event }) => event)
}

/** The journal as a process that died behind so many of its lines would leave it. */
export function cutAfter(file: string, lines: number): string {
  const kept = fs.readFileSync(file, 'utf8').split('\n').slice(0, lines)
  const cut = path.join(temporaryFolder(), 'trial.jsonl')
  fs.writeFileSync(cut, kept.map((line) => `${line}\n`).join(''))
  return cut
}
