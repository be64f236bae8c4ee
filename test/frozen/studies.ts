import { step, type Scene } from './play.ts'

/** The planted agents of every built-in study at one seed, in small runs that touch many levels of the factors. */
export const studies: readonly Scene[] = [
  {
    name: 'cases',
    steps: [
      step('capitals', 'run examples/capitals.csv --controls only'),
      step('echo', 'run examples/capitals.csv --model control/echo --repeats 2 --seed 2'),
      step('alone', 'run examples/capitals.csv --model control/tool-caller --controls off'),
    ],
  },
  {
    name: 'vending',
    steps: [
      step('corner', 'run vending --controls only --repeats 4'),
      step(
        'notes',
        'run vending --controls only --repeats 2 --set scaffold=zero-shot,notes --set delegation=none,subagent',
      ),
      step('completion', 'run vending --controls only --repeats 2 --set template=completion --max-turns 40'),
      step(
        'large',
        'run vending --controls only --repeats 2 --set size=v2 --set scaffold=zero-shot --set delegation=none,subagent',
      ),
      step(
        'capped',
        'run vending --controls only --repeats 1 --set size=v1 --set scaffold=zero-shot --set messages=2000',
      ),
      step('tools', 'run vending --model control/tool-caller --repeats 2 --set scaffold=few-shot'),
    ],
  },
  {
    name: 'horizon',
    steps: [
      step('lengths', 'run horizon --controls only --repeats 2 --set family=references,form --set length=1,8,32'),
      step(
        'compactions',
        'run horizon --controls only --repeats 1 --set family=ledgers --set length=2,16 --set compaction=none,trim,clear,summary,notes --set window=2k --set scaffold=notes',
      ),
      step(
        'clocks',
        'run horizon --controls only --repeats 1 --set family=logs --set length=4,32 --set speed=10,1000 --set time=none,30s --set budget=none,32k',
      ),
    ],
  },
  {
    name: 'earnings',
    steps: [
      step('work', 'run earnings --controls only --repeats 1'),
      step(
        'scaffolds',
        'run earnings --controls only --repeats 1 --set family=logs,form --set size=1,2 --set scaffold=plain,notes',
      ),
    ],
  },
  {
    name: 'breach',
    steps: [
      step('attacks', 'run breach --controls only --tasks 8'),
      step(
        'tools',
        'run breach --controls only --tasks 4 --set attacker=benign,injection --set tools=act --set defence=none,stacked --set budget=3',
      ),
      step('shots', 'run breach --controls only --tasks 4 --set attacker=many-shot,multi-turn'),
      step(
        'patient',
        'run breach --controls only --tasks 4 --set attacker=multi-turn,staged --set prefill=on --set budget=30',
      ),
    ],
  },
  {
    name: 'layers',
    steps: [step('stacks', 'run layers --controls only --tasks 24')],
  },
  {
    name: 'steering',
    steps: [
      step('sea', 'run steering --controls only --repeats 4'),
      step(
        'kinds',
        'run steering --controls only --repeats 2 --set concept=music --set kind=pca,probe --set strength=0,2,-2',
      ),
    ],
  },
  {
    name: 'introspection',
    steps: [step('notices', 'run introspection --controls only --repeats 4 --set strength=2,4')],
  },
]
