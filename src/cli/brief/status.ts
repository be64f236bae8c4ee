import {
  briefStatus,
  confidenceText,
  parseBrief,
  suggestedStudy,
  type BriefStatus,
  type ClaimStatus,
} from '../../brief/index.ts'
import { quantityTitle } from '../../findings/index.ts'
import { readConfig, type Config } from '../../project/index.ts'
import { builtIn, loadBuiltIn } from '../../studies/index.ts'
import type { Study } from '../../study/index.ts'
import type { Answer } from '../command.ts'
import type { Terminal } from '../terminal.ts'
import { studiesOf } from './check.ts'
import { evidenceFor } from './evidence.ts'
import { textOf } from './files.ts'
import type { BriefOptions } from './options.ts'
import { priceOf, type ClaimPrice } from './price.ts'
import { showClaim } from './claim.ts'

/** What is left to do about a claim. */
interface Next {
  readonly next?: string
  readonly price?: ClaimPrice
  readonly study?: string
}

/** `assay brief status`: what the evidence says of every claim, and what it would take to decide the others. */
export async function status(terminal: Terminal, file: string, options: BriefOptions): Promise<Answer> {
  const config = await readConfig()
  const value = parseBrief(textOf(file), file)
  const evidence = await evidenceFor(terminal, value, config, options.runs)
  const studies = await studiesOf(value, config)
  const read = briefStatus(value, evidence, studies)
  if (options.claim !== undefined) return showClaim(terminal, value, read.verdicts, evidence, options)
  const offered = value.claims.some(({ test }) => test === undefined) ? await studiesHere() : []
  const claims = read.claims.map((claim, index) => ({
    ...claim,
    ...nextOf(claim, read.verdicts[index], studies, offered, config),
  }))
  const counts = Object.entries(read.counts).filter(([, count]) => count > 0)
  terminal.print(`Confidence ${confidenceText(read.confidence)}`)
  terminal.print(`Verdicts: ${counts.map(([name, count]) => `${count} ${name}`).join(', ')}.\n`)
  for (const claim of claims) {
    const colour = COLOURS[claim.status]
    const word = claim.status.padEnd(12)
    terminal.print(`${colour === undefined ? word : terminal.style(colour, word)} ${claim.text}`)
    terminal.print(terminal.style('dim', `${' '.repeat(13)}${claim.id}: ${claim.why}`))
    const line = (text: string): void => terminal.print(`${' '.repeat(13)}${text}`)
    const command = /^(?:npx )?assay /.test(claim.next ?? '') ? claim.next : undefined
    const said = [command === undefined ? claim.next : undefined, claim.price?.text].filter(
      (each) => each !== undefined,
    )
    if (command !== undefined || said.length > 0) line(terminal.style('dim', `next: ${said.join('; ')}`.trimEnd()))
    // Alone on its line, so that it can be copied.
    if (command !== undefined) line(command)
    for (const price of claim.price?.prices ?? []) line(`${price.command}    # ${price.says}`)
  }
  terminal.document({ claims, counts: read.counts, confidence: read.confidence })
  return 0
}

const COLOURS: Readonly<Partial<Record<ClaimStatus['status'], 'green' | 'red' | 'yellow'>>> = {
  supported: 'green',
  contradicted: 'red',
  uncalibrated: 'yellow',
  unvalidated: 'yellow',
}

function nextOf(
  { status: said, next, text }: ClaimStatus,
  verdict: BriefStatus['verdicts'][number] | undefined,
  studies: ReadonlyMap<string, Study>,
  offered: readonly Study[],
  config: Config,
): Next {
  const test = verdict?.claim.test
  if (test === undefined) {
    const near = suggestedStudy(text, offered)
    return {
      ...(next !== undefined && {
        next:
          near === undefined
            ? `${next}; no built-in study is near it (docs/writing-a-study.md)`
            : `${next}; ${near} is the study nearest to it`,
      }),
      ...(near !== undefined && { study: near }),
    }
  }
  const study = studies.get(test.study)
  if (study === undefined)
    return {
      next: `somebody must write the study "${test.study}", with the quantity ${quantityText(test.quantity)} (docs/writing-a-study.md)`,
      study: test.study,
    }
  const price = said === 'supported' || said === 'contradicted' ? undefined : priceOf(study, test, config)
  const command = said === 'untested' && price !== undefined ? price.command : next
  return {
    study: test.study,
    ...(command !== undefined && { next: command }),
    ...(price !== undefined && { price }),
  }
}

/** By its name, so that it can be found, and in words where these say more. */
function quantityText(quantity: string): string {
  const title = quantityTitle(quantity)
  return title === quantity ? quantity : `${quantity}: ${title}`
}

async function studiesHere(): Promise<readonly Study[]> {
  const loaded = await Promise.all(builtIn.map(async (name) => loadBuiltIn(name)))
  return loaded.filter((study) => study !== undefined)
}
