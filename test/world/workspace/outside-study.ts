import { plainScaffold } from '../../../src/agent/index.ts'
import type { Part } from '../../../src/record/index.ts'
import { defineStudy, exactly, levels, type Study } from '../../../src/study/index.ts'
import { mean, proportion } from '../../../src/findings/index.ts'
import { bubblewrap, workspaceWorld } from '../../../src/world/index.ts'

/** Steps whose results differ each time they are done: whoever does one twice ends with other files. */
export const STEPS: readonly string[] = [
  'date +%N > stamp; head -c 20 /dev/urandom > noise',
  'for i in 1 2 3 4 5 6; do date +%N >> stamp; sleep 0.05; done',
  'mkdir -p deep/er; cp stamp deep/er/copy; ln -s deep/er/copy link; echo "#!/bin/sh" > tool; chmod +x tool',
  'seq 1 20000 > long; date +%N >> long',
  'sed -i 5d long; rm noise; sleep 0.1; date +%N >> stamp',
  'cat stamp | wc -l; sha256sum stamp long link; [ -x tool ] && echo tool',
  'date +%N >> stamp; sleep 0.2; wc -l < stamp > count',
]

/** Real commands in a sandbox whose results nobody could know beforehand. */
export const outsideStudy: Study = defineStudy({
  name: 'toy-outside',
  question: 'Does a trial of real commands go on where it was cut off?',
  factors: { scaffold: levels('plain') },
  tasks: () => [
    {
      id: 'stamps',
      prompt: 'Go on.',
      world: workspaceWorld({ files: { 'start.txt': 'start\n' } }, { sandbox: bubblewrap }),
      scaffold: plainScaffold,
      limits: { turns: 40 },
      measure: ({ files = {} }) => ({
        lines: (files['stamp'] ?? '').split('\n').length - 1,
        whole: files['tool'] === '#!/bin/sh\n' && files['count'] === '9\n' && files['noise'] === undefined ? 1 : 0,
      }),
    },
  ],
  outcome: { lines: proportion(), whole: proportion() },
  controls: {
    typist: {
      property: 'types one command after the other, and reads between them',
      policy(messages) {
        const done = messages.filter(({ role }) => role === 'tool').length
        const command = STEPS[done >> 1]
        const call = (name: string, input: object): Part => ({
          type: 'tool-call',
          id: `call-${done}`,
          name,
          arguments: JSON.stringify(input),
        })
        if (command === undefined) return [call('submit', {})]
        return [done % 2 === 0 ? call('bash', { command }) : call('read', { path: done < 3 ? 'start.txt' : 'stamp' })]
      },
      reads: { whole: () => exactly(1) },
    },
  },
  findings: [mean('whole', { by: ['agent'], cluster: 'task', title: 'whole' })],
  repeats: 1,
})
