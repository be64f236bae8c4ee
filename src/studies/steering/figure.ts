import type { Finding } from '../../findings/index.ts'
import { dosesFigure } from '../../report/index.ts'

/** Strength against effect and cost: concept words under the vector and under its controls, and nats above plain. */
export function drawSteering(findings: readonly Finding[]): Promise<string> {
  return dosesFigure(findings, {
    factor: 'strength',
    title: 'Strength against effect and cost',
    panels: [
      {
        y: 'concept words',
        lines: [
          { quantity: 'mean(share)', name: "the concept's direction" },
          { quantity: 'mean(randomShare)', name: 'a random vector' },
          { quantity: 'mean(shuffledShare)', name: 'shuffled labels' },
        ],
      },
      { y: 'nats a token above plain', lines: [{ quantity: 'difference(plainNats → nats)', name: 'cost' }] },
    ],
  })
}
