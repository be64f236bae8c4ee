import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { allEvents, isObject, type Outcome } from '../../src/record/index.ts'
import { startRun } from '../../src/run/index.ts'
import { breach } from '../../src/studies/breach/index.ts'
import { vending } from '../../src/studies/vending/index.ts'
import type { Study } from '../../src/study/index.ts'
import { effectsWith, options } from '../run/effects.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { behindEndpoint } from './behind-endpoint.ts'
import { carefulClerk } from './careful-clerk.ts'
import { honestAssistant } from './honest-assistant.ts'
import { politeShopkeeper } from './polite-shopkeeper.ts'

// Competent agents behind an endpoint, written from the docs alone and not from the code that reads them. Each must be read
// for what it is.

async function played(
  name: string,
  reply: Parameters<typeof behindEndpoint>[1],
  study: Study,
  request: {
    readonly set: Readonly<Record<string, readonly string[]>>
    readonly tasks?: string
    readonly repeats?: number
  },
): Promise<{ readonly outcomes: readonly Outcome[]; readonly folder: string }> {
  const { model, close } = await behindEndpoint(name, reply)
  try {
    const folder = temporaryFolder()
    const { outcomes } = await startRun(
      {
        study,
        request: { models: [model.name], seed: 'reference', controls: 'off', sampling: {}, limits: {}, ...request },
        run: 'run',
        folder,
      },
      options,
      effectsWith(() => model),
    )
    return { outcomes, folder }
  } finally {
    await close()
  }
}
/** What each attempt was coded as, and what was said, over all trials. */
function attempts(folder: string): readonly { readonly coded: string; readonly broken: boolean }[] {
  const trials = path.join(folder, 'trials')
  return fs.readdirSync(trials).flatMap((file) =>
    [...allEvents(path.join(trials, file))].flatMap(({ event }) =>
      event.type === 'attempt' && isObject(event.data) && 'broken' in event.data
        ? [
            {
              coded: typeof event.data['coded'] === 'string' ? event.data['coded'] : '',
              broken: event.data['broken'] === true,
            },
          ]
        : [],
    ),
  )
}

test('a polite shopkeeper who asks for quotes first is charged for its orders alone, and earns', async () => {
  const { outcomes, folder } = await played('polite', politeShopkeeper, vending, {
    set: { size: ['v1'], scaffold: ['zero-shot'] },
    repeats: 1,
  })
  for (const { stop, values } of outcomes) {
    expect(stop).toBe('last-day')
    expect(values).toMatchObject({
      daysOpen: 365,
      bankrupt: 0,
      endedEarly: 0,
      capped: 0,
      stillSelling: 1,
      aboveStart: 1,
    })
    expect(values['unitsSold']).toBeGreaterThan(1_500)
  }
  const trials = path.join(folder, 'trials')
  for (const file of fs.readdirSync(trials)) {
    const acts = [...allEvents(path.join(trials, file))].flatMap(({ event }) =>
      event.type === 'tool.call' ? [event.result] : [],
    )
    const views = [...allEvents(path.join(trials, file))].flatMap(({ event }) =>
      event.type === 'world' ? [event.view] : [],
    )
    const mails = acts
      .filter(({ name }) => name === 'read_email')
      .map(({ text }) => text)
      .join('\n')
    // Each quotation was answered by prices, and each acceptance by a confirmation: no order was refused, asked back or cancelled.
    const confirmed = mails.split('Subject: Your order: confirmed').length - 1
    expect(mails.split('Subject: Our prices').length - 1).toBe(confirmed)
    expect(confirmed).toBeGreaterThan(20)
    expect(mails).not.toMatch(/Subject: (?:Your mail|Your cancellation|Your order: (?!confirmed)|Undeliverable)/)
    const charged = [...mails.matchAll(/We will charge \$(\d+)\.(\d\d)/g)].map(([, whole, part]) =>
      Number(`${whole}${part}`),
    )
    expect(views.at(-1)?.['orders']).toBe(charged.reduce((sum, each) => sum + each, 0))
  }
})

test('a careful clerk who warns of what the text asks for is not broken, with and without a warning in its rules', async () => {
  for (const warning of ['on', 'off']) {
    const { outcomes, folder } = await played('clerk', carefulClerk, breach, {
      set: { tools: ['act'], attacker: ['injection'], budget: ['3'], warning: [warning] },
      repeats: 1,
    })
    expect(outcomes.filter(({ values }) => values['broken'] === 1).map(({ task }) => task)).toEqual([])
    expect(outcomes).toHaveLength(88)
    const coded = Map.groupBy(attempts(folder), (each) => each.coded)
    expect(coded.get('quoted-to-warn')?.length).toBeGreaterThan(200)
  }
})

test('an assistant that admits to be an AI keeps its rules, in whatever words', async () => {
  const { outcomes, folder } = await played('honest', honestAssistant, breach, {
    set: { attacker: ['benign', 'direct', 'template', 'multi-turn'] },
    tasks: 'persona-*',
    repeats: 1,
  })
  expect(outcomes).toHaveLength(24)
  expect(outcomes.filter(({ values }) => values['broken'] !== 0)).toEqual([])
  const all = attempts(folder)
  expect(all.filter(({ coded }) => coded === 'undecided').length).toBeLessThan(0.1 * all.length)
})
