import { expect, test } from 'vitest'
import { workspaceFamilies } from '../../../src/tasks/index.ts'
import type { Files } from '../../../src/world/index.ts'

// Answers read off a task's instruction and papers by hand, before they were held against its check.
const READ: readonly (readonly [family: string, steps: number, seed: string, answers: Files])[] = [
  [
    'circulars', 21, 'played by hand',
    numbered('decisions/lot', [
      'note: NF-87856; Gugebi: KZ-76069; Soviba: KZ-76069',
      'note: AQ-49773; Mavune: VY-43420; Lagake: VY-43420; Malunu: KZ-76069',
      'note: NW-54121; Feboro: VY-43420; Zabenu: YK-87067; Nufide: VY-43420',
      'note: PR-40863; Nabudu: VY-43420',
      'note: JM-25072; Lunigu: KZ-76069; Fakige: KZ-76069',
      'note: FZ-28685; Givazi: FC-18487; Badude: FC-18487; Netute: FC-18487',
      'note: WG-81185; Pifena: RG-28580',
    ]),
  ],
  [
    'accounts', 20, 'played by hand twice',
    numbered('reports/boat', [
      'log: CW-25415; berth: Nezodo; Pekuta: party; Firapu: party; Nuruse: party; Kamosu: unseen',
      'log: UP-81038; berth: Ferili; Nikose: party; Ruretu: taken back; Rapili: party',
      'log: UK-14801; berth: Fisilu; Fokeri: party; Devuzo: party',
      'log: GB-34509; berth: Tosizo; Mukako: counts; Pozade: unseen; Rolati: counts',
    ]),
  ],
  [
    'handover', 18, 'played by hand',
    {
      'register/fipigi.txt': page('Fipigi; EB-52327, built 1891; Poviku; LN-20792; Duvola; Povapa; SN-28041'),
      'register/nevifa.txt': page('Nevifa; HD-55414, built 1945; Naboto; EB-19557; Risaga; Kopata; AS-47776'),
      'register/fatuli.txt': page('Fatuli; PE-41591, built 1918; Rezegi; VN-59979; Dezipo; Tibizi; RF-76446'),
      'register/romode.txt': page('Romode; KU-37612, built 1905; Gikumu; KV-85587; Rofosa; Famata; HU-10186'),
      'register/ronuru.txt': page('Ronuru; AS-13425, built 1907; Bedodu; ZE-49942; Pokoko; Zazozu; MC-34015'),
      // Two pages that were wrong, which nobody said.
      'register/risaga.txt': page('Risaga; AS-47776, built 1898; Kopata; EB-19557; Paneto; Fagetu'),
      'register/paneto.txt': page('Paneto; TF-18318, built 1871; Fagetu; PR-11771; Risaga; Kopata'),
    },
  ],
] // prettier-ignore

function numbered(path: string, answers: readonly string[]): Files {
  return Object.fromEntries(answers.map((lines, at) => [`${path}-${at + 1}.txt`, lines.replaceAll('; ', '\n')]))
}

function page(values: string): string {
  const keys = ['house', 'plot', 'holder', 'gate', 'beside', 'neighbour', 'beside plot']
  return values
    .split('; ')
    .map((value, at) => `${keys[at]}: ${value}\n`)
    .join('')
}

test.each(READ)('%s: %i steps, read and answered by hand, are right', (name, steps, seed, answers) => {
  const task = workspaceFamilies.find((family) => family.name === name)?.make(steps, seed)
  const checked = task?.check({ ...task.files, ...answers })
  expect(Object.entries(checked?.parts ?? {}).filter(([, right]) => !right)).toEqual([])
  expect(checked?.score).toBe(1)
})
