import fs from 'node:fs'
import path from 'node:path'
import { AssayError, reasonOf } from '../assay-error.ts'
import {
  briefStatus,
  claimFigure,
  confidenceText,
  decodedText,
  mayDecide,
  parseBrief,
  saidOf,
  type Brief,
  type Claim,
  type RunEvidence,
  type Verdict,
} from '../brief/index.ts'
import type { OneRun } from '../project/index.ts'
import { calibrationSentence } from '../report/index.ts'
import type { BriefPage, BriefRow, SaidClaim } from './api.ts'
import { said } from './run-page.ts'
import type { RunStore } from './run-store.ts'
import type { Source } from './source.ts'
import { trialsUnder } from './trials-under.ts'

/** Bytes of a brief that are read at all. */
const MOST_BYTES = 32 * 1024 * 1024
/** Trials under a finding that are named. */
const MOST_TRIALS = 200

/** Briefs that lie where the viewer was started, also those that cannot be read. */
export function briefRows(source: Source): readonly BriefRow[] {
  return source.briefs().map(({ name, file }) => {
    try {
      const { title, claims } = read(name, file)
      return { brief: name, title, claims: claims.length }
    } catch (cause) {
      return { brief: name, why: reasonOf(cause) }
    }
  })
}

/** @throws AssayError `server/unknown-brief`, and what is wrong with the file */
export async function briefPage(source: Source, store: RunStore, name: string): Promise<BriefPage> {
  const { value, runs } = await judged(source, store, name)
  const studies = new Map((await source.studies()).map((study) => [study.name, study]))
  const status = briefStatus(value, runs, studies)
  const claims = status.verdicts.map((verdict, index): SaidClaim => {
    const { next, places = [] } = status.claims[index] ?? {}
    const run = runs.find((each) => each.run === verdict.evidence?.run)
    return { ...saidClaim(value, verdict, run), places, ...(next !== undefined && { next }) }
  })
  return {
    brief: name,
    title: value.title,
    ...(value.updated !== undefined && { updated: value.updated }),
    sources: value.sources.map(({ id, title, url }) => ({ id, title, ...(url !== undefined && { url }) })),
    confidence: confidenceText(status.confidence),
    counts: status.counts,
    claims,
    takeaways: value.takeaways,
    sections: value.sections,
    watchlist: value.watchlist,
    unknowns: value.unknowns,
  }
}

/** The finding that decides a claim, among the same quantity of other agents and controls, with the threshold. */
export async function figureUnder(source: Source, store: RunStore, name: string, id: string): Promise<string> {
  const { value, runs } = await judged(source, store, name)
  const { verdicts } = briefStatus(value, runs)
  const verdict = verdicts.find(({ claim }) => claim.id === id)
  const figure = verdict === undefined ? undefined : await claimFigure(verdict)
  if (figure !== undefined) return figure
  throw new AssayError('server/unknown-figure', `There is no finding for the claim "${id}".`)
}

interface Judged {
  readonly value: Brief
  readonly runs: readonly OneRun[]
}

/** The brief, and the runs that may decide its claims. A run that cannot be read says nothing. */
async function judged(source: Source, store: RunStore, name: string): Promise<Judged> {
  const found = source.briefs().find((each) => each.name === name)
  if (found === undefined) throw new AssayError('server/unknown-brief', `There is no brief "${name}" here.`)
  const value = read(name, found.file)
  const decides = mayDecide(value)
  const runs: OneRun[] = []
  for (const row of store.list().runs) {
    try {
      // A brief names a run as it was made, whatever its folder is called by now.
      if (decides(store.record(row.run))) runs.push(await store.reading(row.run))
    } catch (cause) {
      if (!(cause instanceof AssayError)) throw cause
    }
  }
  return { value, runs }
}

function read(name: string, file: string): Brief {
  const found = fs.statSync(file, { throwIfNoEntry: false })
  if (found?.isFile() !== true) throw new AssayError('server/unknown-brief', `There is no brief "${name}" here.`)
  if (found.size > MOST_BYTES)
    throw new AssayError('server/too-large', `${name} is too large for a brief: at most 32 MB are read.`)
  return parseBrief(decodedText(fs.readFileSync(file)), name)
}

function saidClaim(
  value: Brief,
  { claim, status, rule, inputs, reasons, finding, evidence }: Verdict,
  run: OneRun | undefined,
): Omit<SaidClaim, 'places'> {
  const under = finding === undefined || run === undefined ? [] : trialsUnder(finding, run)
  return {
    id: claim.id,
    text: claim.text,
    status,
    rule,
    inputs,
    reasons,
    quotes: quotesOf(value, claim),
    ...runOf(evidence, run),
    ...(claim.test !== undefined && { study: claim.test.study }),
    ...(finding !== undefined && {
      finding: said(finding),
      wrongIf: finding.wrongIf,
      controls: calibrationSentence(finding),
    }),
    trials: under.slice(0, MOST_TRIALS),
    trialCount: under.length,
  }
}

/** The name of the folder, which is the address of the run's page; a renamed folder holds a run of another name. */
function runOf(evidence: RunEvidence | undefined, run: OneRun | undefined): { readonly run?: string } {
  return evidence === undefined ? {} : { run: run === undefined ? evidence.run : path.basename(run.folder) }
}

function quotesOf(value: Brief, { quotes = [] }: Claim): SaidClaim['quotes'] {
  return quotes.map((quote) => {
    const { title, told } = saidOf(value, quote)
    return { text: quote.text, source: title, told: told.join(', ') }
  })
}
