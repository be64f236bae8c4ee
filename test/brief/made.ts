import { makeBrief, type Brief, type ClaimTest, type Quote, type RunEvidence } from '../../src/brief/index.ts'
import type { Finding } from '../../src/findings/index.ts'
import type { Reading } from '../../src/study/index.ts'
import { made } from '../report/findings.ts'

/** Net worth of `local/m` above $5.00, set an hour before the run. */
export const ABOVE: ClaimTest = {
  study: 'vending',
  quantity: 'mean(netWorth)',
  where: { agent: 'local/m' },
  unit: 'cents',
  setAt: '2026-05-01T09:00:00Z',
  direction: 'above',
  threshold: 500,
}

/** A run that started at 10:00 and read these findings. */
export function run(findings: readonly Finding[], reading: Partial<Reading> = {}): RunEvidence {
  return {
    run: 'vending-1',
    study: 'vending',
    question: 'What does an agent earn?',
    createdAt: '2026-05-01T10:00:00.000Z',
    reading: {
      findings,
      controls: findings[0]?.controls ?? [],
      unreadable: [],
      complete: true,
      dataHash: 'sha256-data',
      ...reading,
    },
  }
}

const QUOTES: readonly Quote[] = [
  { source: 'paper', text: 'Worked examples pay.', at: [40, 60], saidBy: 'The authors', how: 'asserted' },
]

export const BRIEF: Brief = makeBrief({
  title: 'Small models in small shops',
  updated: '2026-05-01 10:30',
  sources: [{ id: 'paper', title: 'A paper on shops', url: 'https://example.org/shops' }],
  claims: [
    { text: 'Worked examples pay.', test: ABOVE, takeaway: true, sections: ['Corner-Shop'], quotes: QUOTES },
    { text: 'Idle shops earn nothing.', sections: ['Corner-Shop', 'Controls'] },
  ],
  watchlist: ['Larger models.'],
  unknowns: ['Does it last a year?'],
})

export { made }
