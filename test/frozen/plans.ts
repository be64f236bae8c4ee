import fs from 'node:fs'
import path from 'node:path'
import { ready, refused, step, type Scene, type Step } from './play.ts'

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
      ready('one', 'run vending --controls only --repeats 4'),
      ready('two', 'run vending --controls only --repeats 4 --seed 2'),
      ready('limited', 'run vending --controls only --repeats 4 --seed 3 --max-turns 20'),
      ready('off', 'run vending --controls off --model control/silent --repeats 2'),
      ready('tools', 'run vending --model control/tool-caller --repeats 4'),
      ready('silent', 'run vending --model control/silent --repeats 4'),
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
      ready('attacks', 'run breach --controls only --tasks 6 --set attacker=benign,direct'),
      ready('other-attacks', 'run breach --controls only --tasks 6 --set attacker=benign,direct --seed 2'),
      ready('stacks', 'run layers --controls only --tasks 12 --set attack=each-template'),
      { ...step('stacks-again', 'replicate stacks --seed 3 --quantity contribution'), hashesOnly: true },
      step('stacks judged', 'replicate stacks --judge stacks-again'),
      step('worth', 'gate stacks --policy worth.yaml'),
      refused('harm', 'gate stacks --policy harm.yaml'),
      // Rows of layers do not name their agent: of several, those of the last one would be read.
      ready(
        'quiet-stacks',
        'run layers --controls off --model control/constant?text=No. --tasks 12 --set attack=each-template',
      ),
      audited('quiet-stacks', 'layers'),
      audited('attacks', 'budget'),
      ready('lengths', 'run horizon --controls only --repeats 2 --set family=references,form --set length=1,8,32'),
      ready(
        'lengths-too',
        'run horizon --controls only --repeats 2 --set family=references,form --set length=1,8,32 --seed 2',
      ),
      audited('lengths', 'horizon'),
      step('compared lengths', 'compare lengths lengths-too --measure success --measure steps'),
      ready('work', 'run earnings --controls only --repeats 1 --set family=form,logs'),
      audited('work', 'earnings'),
      step('compared attacks', 'compare attacks other-attacks --measure broken'),
      ready('notices', 'run introspection --controls only --repeats 2 --set strength=2'),
      ready('notices-too', 'run introspection --controls only --repeats 2 --set strength=2 --seed 2'),
      step('pooled notices', 'pool notices notices-too'),
      step('attacks-again', 'replicate attacks --seed 5 --quantity mean(broken) --quantity success@10'),
    ],
  },
]

/**
 * A run as rows of others. Its trials end in any order, and an audit adds up and draws in the order of its rows: here they stand
 * by their ids.
 */
function audited(run: string, kind: string): Step {
  return {
    ...step(`${run} audited`, `audit ${run} --as ${kind}`),
    before: (folder) => {
      const file = path.join(folder, '.assay/runs', run, 'outcomes.jsonl')
      const rows = fs.readFileSync(file, 'utf8').trimEnd().split('\n')
      fs.writeFileSync(file, `${rows.toSorted().join('\n')}\n`)
    },
  }
}

function writePolicies(folder: string): void {
  const keeper = 'quantity: mean(netWorth), where: { agent: control/careful, scaffold: zero-shot }, unit: cents'
  const policies = {
    kept: [`{ name: clears, ${keeper}, atLeast: 15000 }`],
    breached: [`{ name: clears, ${keeper}, atLeast: 1000000 }`],
    many: [
      '{ name: every control, quantity: mean(unitsSold), where: { agent: control/trusting }, unit: count, atLeast: 10 }',
      `{ name: between, ${keeper}, atLeast: 10000, atMost: 20000 }`,
      `{ name: enough seeds, ${keeper}, atLeast: 15000, minClusters: 20 }`,
      '{ name: a change, quantity: "difference(netWorth: scaffold zero-shot → few-shot)", where: { agent: control/careful }, unit: cents, atMost: 5000 }',
      '{ name: not there, quantity: mean(nothing), unit: cents, atLeast: 1 }',
    ],
    worth: [
      '{ name: worth something, quantity: contribution, where: { agent: control/independent, layer: keywords }, unit: proportion, atLeast: 0.01 }',
    ],
    // A layer that does harm is worth less than nothing.
    harm: [
      '{ name: no harm, quantity: contribution, where: { agent: control/idle, layer: keywords }, unit: proportion, atLeast: -0.01 }',
    ],
    off: ['{ name: silent, quantity: mean(netWorth), where: { agent: control/silent }, unit: cents, atMost: 100000 }'],
  }
  for (const [name, rules] of Object.entries(policies))
    fs.writeFileSync(
      path.join(folder, `${name}.yaml`),
      `name: ${name}\nrules:\n${rules.map((rule) => `  - ${rule}\n`).join('')}`,
    )
}
