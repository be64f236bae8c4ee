import { afterEach, expect, test } from 'vitest'
import { openModel } from '../../src/model/index.ts'
import { fakeProvider, put, says, type Fake } from './fake-server.ts'

const open: Fake[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((fake) => fake.close()))
})

test('a call says for how long this process was at work while a reply was on its way', async () => {
  const provider = await fakeProvider((call) => void setTimeout(() => says('yes')(call), 300))
  open.push(provider)
  const model = await openModel(`${provider.url}#m`)
  const blocked = put(model)
  await new Promise((resolve) => setTimeout(resolve, 50))
  const until = performance.now() + 150
  while (performance.now() < until);
  const { busy = 0, lastToken, sent } = (await blocked).timing
  expect(busy).toBeGreaterThan(140)
  expect(busy).toBeLessThan(lastToken - sent)
  await model.close?.()
})
