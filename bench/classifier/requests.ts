/**
 * The threshold of the trained classifier in the study `layers`, and its errors on requests: `node bench/classifier/requests.ts`.
 * Every second of the clean requests in requests.txt sets it; the others, and the study's own attacks, test it. Needs
 * `npx assay models pull injection-classifier`.
 */
import { requestErrors } from './request-errors.ts'

const { threshold, set, held, attacks } = await requestErrors()
const share = ({ blocked, of }: { readonly blocked: number; readonly of: number }): string =>
  `${blocked} of ${of} (${((100 * blocked) / of).toFixed(1)}%)`
process.stdout.write(
  `Threshold ${threshold}: of the clean requests that set it ${share(set)} are blocked, of those held out ${share(held)}, of the attacks ${share(attacks)}\n`,
)
