import fs from 'node:fs'
import path from 'node:path'
import { refused, step, type Scene } from './play.ts'

/** Hashes, sizes, ceilings and powers of designs; runs set beside one another, replicated, pooled and gated. */
export const plans: readonly Scene[] = [
  {
    name: 'plans',
    steps: [
      step('cases', 'plan examples/capitals.csv --model control/echo'),
      ...['vending', 'horizon', 'earnings', 'breach', 'layers', 'steering', 'introspection'].map((study) =>
        step(study, `plan ${study} --controls only`),
      ),
      step('priced', 'plan vending --repeats 16 --model openai/gpt-5-mini --temperature 0.7 --max-turns 40'),
      step('power', 'power vending --model openai/gpt-5-mini --trial-tokens 20000,2000'),
      step('power of introspection', 'power introspection --base 0.3 --clusters 4 --clustered 0.2 --detect 0.2'),
      step('power of pairs', 'power vending --design pairs --tasks 220 --ties 0.1'),
      step('power of layers', 'power vending --design layers --tasks 400 --layer-rates 0.1,0.3'),
    ],
  },
  {
    name: 'across',
    files: writePolicies,
    steps: [
      step('one', 'run vending --controls only --repeats 4'),
      step('two', 'run vending --controls only --repeats 4 --seed 2'),
      step('limited', 'run vending --controls only --repeats 4 --seed 3 --max-turns 20'),
      step('off', 'run vending --controls off --model control/silent --repeats 2'),
      step('tools', 'run vending --model control/tool-caller --repeats 4'),
      step('silent', 'run vending --model control/silent --repeats 4'),
      step('compared', 'compare one two'),
      step('compared with limits', 'compare one limited --measure netWorth'),
      step('compared models', 'compare tools silent'),
      step('again', 'replicate one --seed 9'),
      step('judged', 'replicate one --judge again'),
      step('pooled', 'pool one two again'),
      refused('unlike', 'pool one limited'),
      step('kept', 'gate one --policy kept.yaml'),
      step('breached', 'gate one --policy breached.yaml'),
      step('many rules', 'gate two --policy many.yaml'),
      step('uncalibrated', 'gate off --policy off.yaml'),
      step('spreads', 'power vending --from one', '--quantity', 'mean(netWorth)'),
      step('attacks', 'run breach --controls only --tasks 6 --set attacker=ordinary,direct'),
      step('other-attacks', 'run breach --controls only --tasks 6 --set attacker=ordinary,direct --seed 2'),
      step('compared attacks', 'compare attacks other-attacks'),
      step('notices', 'run introspection --controls only --repeats 2 --set strength=2'),
      step('notices-too', 'run introspection --controls only --repeats 2 --set strength=2 --seed 2'),
      step('pooled notices', 'pool notices notices-too'),
      step('attacks-again', 'replicate attacks --seed 5'),
    ],
  },
]

function writePolicies(folder: string): void {
  const keeper = 'quantity: mean(netWorth), where: { agent: control/competent, scaffold: plain }, unit: cents'
  const policies = {
    kept: [`{ name: clears, ${keeper}, atLeast: 15000 }`],
    breached: [`{ name: clears, ${keeper}, atLeast: 1000000 }`],
    many: [
      '{ name: every control, quantity: mean(unitsSold), where: { agent: control/promised }, unit: count, atLeast: 10 }',
      `{ name: between, ${keeper}, atLeast: 10000, atMost: 20000 }`,
      `{ name: enough seeds, ${keeper}, atLeast: 15000, minClusters: 20 }`,
      '{ name: a change, quantity: "difference(netWorth: scaffold plain → shown)", where: { agent: control/competent }, unit: cents, atMost: 5000 }',
      '{ name: not there, quantity: mean(nothing), unit: cents, atLeast: 1 }',
    ],
    off: ['{ name: silent, quantity: mean(netWorth), where: { agent: control/silent }, unit: cents, atMost: 100000 }'],
  }
  for (const [name, rules] of Object.entries(policies))
    fs.writeFileSync(
      path.join(folder, `${name}.yaml`),
      `name: ${name}\nrules:\n${rules.map((rule) => `  - ${rule}\n`).join('')}`,
    )
}
