import assert from 'node:assert/strict'
import { canary, toolSchema } from '../agent/index.ts'
import { randomFrom, type Random } from '../record/index.ts'
import type { World } from '../world/index.ts'
import type { ContractCase } from './contract-case.ts'

/** An act for a world: a tool and input that fits its schema. */
export interface DrawnAct {
  readonly tool: string
  readonly input: Readonly<Record<string, unknown>>
}

/**
 * What every world promises: resume rebuilds it by acting again, so the same seed and acts give the same texts and views.
 *
 * @param draw some act for the world, good or bad, drawn with the generator given
 * @param acts acts in each test, default 200
 */
export function worldContract(world: World, draw: (random: Random) => DrawnAct, acts = 200): readonly ContractCase[] {
  const played = async (seed: string): Promise<readonly unknown[]> => {
    const session = await world.open(seed)
    const random = randomFrom('world contract', seed)
    const seen: unknown[] = [session.opening(), session.view()]
    for (let act = 0; act < acts && session.ended() === undefined; act++) {
      const { tool, input } = draw(random)
      seen.push(await session.act(tool, input), session.view(), session.days(), session.ended())
    }
    await session.close?.()
    return seen
  }
  return [
    {
      name: 'the same seed and acts give the same world',
      run: async () => assert.deepEqual(await played('1'), await played('1')),
    },
    {
      name: 'a view survives JSON',
      async run() {
        const session = await world.open('1')
        const view = session.view()
        await session.close?.()
        assert.deepEqual(JSON.parse(JSON.stringify(view)), view)
      },
    },
    {
      name: 'its self-test passes',
      run: async () => assert.deepEqual(await canary(world, '1'), { type: 'passes' }),
    },
    {
      name: 'an act that does not exist is an error for the agent, not for the harness',
      async run() {
        const session = await world.open('1')
        const { error } = await session.act('no_such_act', {})
        await session.close?.()
        assert.equal(error, true)
      },
    },
    {
      name: 'every tool has a schema that can be given to a model',
      run() {
        for (const tool of world.tools)
          assert.equal(toolSchema(tool.name, tool.description, tool.input).parameters['type'], 'object')
      },
    },
    {
      name: 'time does not run backwards',
      async run() {
        const session = await world.open('2')
        const random = randomFrom('world contract', 'time')
        let day = session.days()
        for (let act = 0; act < acts && session.ended() === undefined; act++) {
          const { tool, input } = draw(random)
          await session.act(tool, input)
          assert.ok(session.days() >= day, `day ${session.days()} came after day ${day}`)
          day = session.days()
        }
        await session.close?.()
      },
    },
  ]
}
