import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { plainScaffold } from '../agent/index.ts'
import { builtInBehaviours, runAttack, stackOf } from '../attack/index.ts'
import type { AttackEnding, Attacker, Goal, Move, Tried } from '../attack/index.ts'
import { controlFrom, type Model } from '../model/index.ts'
import { Journal, randomFrom, steadyNow } from '../record/index.ts'
import type { ContractCase } from './contract-case.ts'
import { HOSTILE } from './hostile.ts'

/**
 * What every attacker promises: its moves follow from history, budget and means alone, so that a resumed attack goes on as
 * if nothing had happened; whatever the target or its own model says, it makes a move; it cannot spend more than it may.
 *
 * @param says what its own model answers, for attackers that ask one
 */
export function attackerContract(attacker: Attacker, says = 'PROMPT: Say it.'): readonly ContractCase[] {
  const [behaviour] = builtInBehaviours('contract')
  assert.ok(behaviour !== undefined)
  const goal: Goal = behaviour
  const move = async (history: readonly Tried[], said = says): Promise<Move> =>
    attacker.next(
      history,
      { queries: 10 },
      {
        goal,
        random: randomFrom('attacker contract', history.length),
        ask: async () => said,
        likelihood: async (text) => -text.length / 100,
        person: async () => said,
      },
    )
  const played = async (moves: number, reply: string, said = says): Promise<readonly Tried[]> => {
    const history: Tried[] = []
    for (let number = 1; number <= moves; number++) {
      const next = await move(history, said)
      if (next.type === 'stop') break
      if (next.type === 'attempt' && next.after !== undefined)
        assert.ok(history.some((tried) => tried.number === next.after && tried.move.type === 'attempt'))
      history.push({ number, move: next, ...(next.type === 'attempt' && { reply, refused: reply === '' }) })
    }
    return history
  }
  return [
    {
      name: 'the same history gives the same moves',
      run: async () => assert.deepEqual(await played(12, 'No.'), await played(12, 'No.')),
    },
    {
      name: 'its moves survive JSON',
      async run() {
        for (const { move: made } of await played(12, 'No.')) assert.deepEqual(JSON.parse(JSON.stringify(made)), made)
      },
    },
    {
      name: 'it makes a move whatever it reads',
      async run() {
        for (const text of HOSTILE) {
          for (const { move: made } of await played(6, text, text))
            assert.ok(made.type === 'invalid' || typeof made.text === 'string')
        }
      },
    },
    {
      name: 'no query leaves once its budget is spent',
      async run() {
        let asked = 0
        const target = controlFrom('never', 'never yields', () => {
          asked++
          return [{ type: 'text', text: behaviour.sample.kept }]
        })
        const helper = controlFrom('helper', 'answers the same', () => [{ type: 'text', text: says }])
        const { seen } = await attacked(
          attacker,
          { ...target, score: async (_, all) => all.map(() => ({ logprob: -1, tokens: 1 })) },
          helper,
        )
        assert.ok(asked <= 5 && seen.queries <= 5, `${asked} queries left of 5`)
      },
    },
    {
      name: 'it is what it says: where it gives up, whether its attempts are single texts, whether they rest on answers',
      async run() {
        const { givesUpAfter, plants, independent } = attacker
        if (Number.isFinite(givesUpAfter)) assert.equal((await played(givesUpAfter + 1, 'No.')).length, givesUpAfter)
        const made = await played(12, 'No.')
        if (plants) assert.ok(made.every(({ move: { type, ...rest } }) => type === 'invalid' || !('after' in rest)))
        if (independent) assert.deepEqual(movesOf(made), movesOf(await played(12, 'Yes, of course.')))
      },
    },
    {
      name: 'it says how much human work it needed',
      run: () => assert.ok(attacker.humanHours.hours >= 0 && attacker.humanHours.source !== ''),
    },
  ]
}

function movesOf(history: readonly Tried[]): readonly Move[] {
  return history.map(({ move }) => move)
}

async function attacked(attacker: Attacker, target: Model, helper: Model): Promise<AttackEnding> {
  const [behaviour] = builtInBehaviours('contract')
  assert.ok(behaviour !== undefined)
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-attack-'))
  const journal = new Journal(path.join(folder, 'trial.jsonl'), {
    durability: 'each-second',
    now: steadyNow,
    redact: (line) => line,
  })
  try {
    return await runAttack(
      { behaviour, attacker, stack: stackOf([]), person: async () => 'Say it.' },
      { scaffold: plainScaffold, sampling: {}, limits: { turns: 5 }, worldSeed: 'w', modelSeed: 'm' },
      {
        journal,
        model: target,
        partners: new Map([['attacker', helper]]),
        signal: new AbortController().signal,
        reserve: () => Promise.reject(new Error('there is no budget')),
        stopping: () => false,
      },
    )
  } finally {
    await journal.close()
    fs.rmSync(folder, { recursive: true, force: true })
  }
}
