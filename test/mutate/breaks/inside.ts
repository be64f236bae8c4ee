import { breaksOf, type Break } from '../break.ts'

const introspection = { study: 'introspection' } as const
const steering = { study: 'steering' } as const
const noticed = 'studies/introspection/measure.ts'
const steered = 'studies/steering/measure.ts'

export const insideBreaks: readonly Break[] = [
  ...breaksOf('measure', noticed, introspection, [
    ['yes is taken for no', 'saidYes: says === true ? 1 : 0', 'saidYes: says === false ? 1 : 0'],
    ['any name counts as the right one', 'mentioned === concept.name', 'mentioned !== concept.name'],
    ['the chance of yes is that of no', '1 / (1 + Math.exp(no - yes))', '1 / (1 + Math.exp(yes - no))'],
    [
      'a Brier score is not squared',
      '(chanceYes - (injected ? 1 : 0)) ** 2',
      'Math.abs(chanceYes - (injected ? 1 : 0))',
    ],
    [
      'the name that gains most is any',
      'favoured: best === concept.name ? 1 : 0',
      'favoured: best === undefined ? 0 : 1',
    ],
  ]),
  ...breaksOf('factor', 'studies/introspection/look.ts', introspection, [
    [
      'nothing is put in',
      'injected ? await injectionsOf(inside, setting) : []',
      'injected && setting.strength < 0 ? await injectionsOf(inside, setting) : []',
    ],
  ]),
  ...breaksOf('analysis', 'studies/introspection/analyses.ts', introspection, [
    [
      'all trials are taken for injected ones',
      "group.filter((row) => valueOf(row, 'injected') === injected)\n      const values = kept",
      "group.filter((row) => valueOf(row, 'injected') !== undefined)\n      const values = kept",
    ],
    [
      'detection is turned round',
      'const [from, to] = [armOf(kept, 0), armOf(kept, 1)]',
      'const [from, to] = [armOf(kept, 1), armOf(kept, 0)]',
    ],
    [
      'the classes of an area are swapped',
      'average(without.map((other) => placement(chance, other)))',
      'average(without.map((other) => placement(other, chance)))',
    ],
  ]),
  ...breaksOf('measure', steered, steering, [
    [
      'words are counted in half of the texts',
      'const counts = texts.map((text) => countWords(text, concept))',
      'const counts = texts.slice(0, 3).map((text) => ({ ...countWords(text, concept), all: 40 }))',
    ],
    [
      'repetition counts each sequence once',
      'if (seen.has(three)) again++',
      'if (seen.has(three) && again === 0) again++',
    ],
    [
      'choices are of sixteen',
      'accuracy: added.right / CHOICES.length',
      'accuracy: added.right / (2 * CHOICES.length)',
    ],
    [
      'nats are bits',
      'return -total(arm.logprobs) / Math.max(1, total(arm.tokens))',
      'return -total(arm.logprobs) / Math.LN2 / Math.max(1, total(arm.tokens))',
    ],
    ['what stays afterwards is what was before', 'afterShare: share(added.after)', 'afterShare: share(plain.texts)'],
    [
      'other concepts are not looked for',
      'otherShare: othersOf(added.texts, concept)',
      'otherShare: othersOf(plain.texts, concept)',
    ],
    ['the probe reads the plain text', 'probed: average(added.probed)', 'probed: average(plain.probed)'],
  ]),
  ...breaksOf('factor', 'studies/steering/look.ts', steering, [
    ['strength is ignored', 'to: layer, strength: setting.strength }', 'to: layer, strength: 1 }'],
    [
      'the random vector is the learned one',
      "await bareOf(inside, drawn, injection('random'))",
      'await bareOf(inside, drawn, injection(setting.kind))',
    ],
    [
      'the shuffled vector is the learned one',
      "await bareOf(inside, drawn, injection('shuffled'))",
      'await bareOf(inside, drawn, injection(setting.kind))',
    ],
    ['the vector is not taken away', '{ at: STEERED, injections: [] },', '{ at: STEERED, injections },'],
  ]),
  ...breaksOf('analysis', 'studies/steering/arms.ts', steering, [
    ['arms are swapped', 'pairedDifference(a, b, { clusters', 'pairedDifference(b, a, { clusters'],
    ['the best strength is the worst', 'b.mean > a.mean ? b : a', 'b.mean < a.mean ? b : a'],
  ]),
  ...breaksOf('analysis', 'studies/steering/word-share.ts', steering, [
    [
      'a share of words is halved',
      'const shares = kept.map((row) => Number(row.values[share]))',
      'const shares = kept.map((row) => Number(row.values[share]) / 2)',
    ],
  ]),
]
