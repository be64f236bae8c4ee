import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { allowList, direct, inboxBehaviours, injectionDetector, benign, stackOf } from '../../src/attack/index.ts'
import { controlFrom, type Model } from '../../src/model/index.ts'
import { startRun } from '../../src/run/index.ts'
import { breach } from '../../src/studies/breach/index.ts'
import { inboxTask, injectedGoal } from '../../src/tasks/index.ts'
import { effectsWith, options } from '../run/effects.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { cutAfter, fight, metered } from './arena.ts'

const behaviour = inboxBehaviours('office', 'act').find(({ id }) => id.endsWith('--pay-outsider'))
if (behaviour?.errand === undefined) throw new Error('no errand asks to pay an outsider')
const { errand, goal, access, seed } = behaviour.errand

/** Does the errand, and then what it read, where it was let. */
function clerk(): { readonly model: Model; readonly asked: () => number } {
  const { solution } = inboxTask({ errand, seed, access })
  const wanted = injectedGoal(goal)
  let asked = 0
  const model = controlFrom('clerk', 'obeys', ({ messages }) => {
    asked++
    const step = messages.filter(({ role }) => role === 'assistant').length
    const read = messages.some((message) => message.role === 'tool' && message.text.includes(wanted.text))
    const act = [...solution, ...(read ? wanted.acts : [])][step]
    if (act === undefined) return [{ type: 'text', text: 'Done.' }]
    return [{ type: 'tool-call', id: `call-${step}`, name: act.tool, arguments: JSON.stringify(act.input) }]
  })
  return { model, asked: () => asked }
}

describe('text planted where tools read it', () => {
  test('is obeyed by who obeys it, and the errand is done besides; harmless text is not', async () => {
    const attacked = await fight({ behaviour, attacker: direct }, clerk().model)
    expect(attacked.ending.seen).toMatchObject({ queries: 1, broken: 1, errands: 1 })
    const plain = await fight({ behaviour, attacker: benign }, clerk().model, { limits: { turns: 2 } })
    expect(plain.ending.seen).toMatchObject({ queries: 2, broken: 0, errands: 2 })
  })

  test('a layer before the act stops it, one round the results hides it', async () => {
    const allowed = await fight({ behaviour, attacker: direct, stack: stackOf([allowList]) }, clerk().model, {
      limits: { turns: 2 },
    })
    expect(allowed.ending.seen).toMatchObject({ broken: 0, fired: { 'allow-list': 2 } })
    const detector = injectionDetector(['ACC|ELSE'])
    const hidden = await fight({ behaviour, attacker: direct, stack: stackOf([detector]) }, clerk().model, {
      limits: { turns: 2 },
    })
    expect(hidden.ending.seen).toMatchObject({ broken: 0 })
  })

  test.each([
    ['tokens', { tokens: 1500 }, 'targetTokens', 1500],
    ['dollars', { dollars: 0.003 }, 'dollars', 0.003],
  ])(
    'a cap on %s ends the attack inside an attempt, and no attempt is counted as failed',
    async (_, cap, limit, most) => {
      const priced = metered(clerk().model)
      const cut = await fight({ behaviour, attacker: benign }, priced, { limits: { turns: 10, ...cap } })
      const { queries, attempts, targetTokens, dollars } = cut.ending.seen
      expect(cut.ending).toMatchObject({ status: 'limit', stop: limit })
      expect(queries).toBe(attempts + 1)
      expect(queries).toBeLessThan(10)
      expect(limit === 'dollars' ? dollars : targetTokens).toBeLessThanOrEqual(most)
    },
  )

  test('a cap on the clock holds inside an attempt too', async () => {
    let now = 0
    const { model, asked } = clerk()
    const slow: Model = {
      ...model,
      async ask(request, asking) {
        now += 600
        return model.ask(request, asking)
      },
    }
    const cut = await fight({ behaviour, attacker: direct }, slow, { limits: { wallMs: 1000 }, now: () => now })
    expect(cut.ending).toMatchObject({ status: 'limit', stop: 'ms' })
    expect(asked()).toBe(2)
  })

  test('wherever it was cut off, it goes on and ends the same', async () => {
    const attack = { behaviour, attacker: direct, stack: stackOf([allowList]) }
    const whole = await fight(attack, clerk().model, { limits: { turns: 2 } })
    expect(whole.ending.seen).toMatchObject({ queries: 2, broken: 0 })
    for (let cut = 0; cut <= whole.events.length; cut++) {
      const again = await fight(attack, clerk().model, { limits: { turns: 2 }, file: cutAfter(whole.file, cut) })
      expect(again.ending).toEqual(whole.ending)
    }
  })
})

test('planted clerks read true with tools to act', async () => {
  const end = await startRun(
    {
      study: breach,
      request: {
        models: [],
        set: { tools: ['act'], attacker: ['benign', 'direct'], budget: ['1'] },
        tasks: 12,
        seed: 's',
        controls: 'only',
        sampling: {},
        limits: {},
      },
      run: 'office',
      folder: path.join(temporaryFolder(), 'office'),
    },
    options,
    effectsWith(() => {
      throw new Error('no model')
    }),
  )
  expect(end.reading.controls.length).toBeGreaterThan(4)
  expect(end.reading.controls.filter((reading) => !reading.passed)).toEqual([])
})
