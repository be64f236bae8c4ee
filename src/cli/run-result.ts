import fs from 'node:fs'
import { z } from 'zod'
import { findingSchema, type Finding } from '../findings/index.ts'
import { headlines, plain, shortened, valueText } from '../report/index.ts'

/** Agents named in a line. */
const MOST = 2

const file = z.looseObject({ findings: z.array(z.unknown()) })

/** What a run found, as short as a list needs it: `openai/gpt-5 82.5%`; empty where nothing was read yet, or by another version. */
export function runResult(findings: string): string {
  if (!fs.existsSync(findings)) return ''
  try {
    const read = file.parse(JSON.parse(fs.readFileSync(findings, 'utf8'))).findings
    const known = read.flatMap((each) => findingSchema.safeParse(each).data ?? [])
    return textOf(headlines(known).filter(({ subject }) => subject.type !== 'pair'))
  } catch {
    // Findings are derived: show makes them again.
    return ''
  }
}

function textOf(findings: readonly Finding[]): string {
  const said = findings.slice(0, MOST).map(({ conditions, estimate, unit, kind }) => {
    const value = estimate.value === undefined ? 'not estimable' : valueText(estimate.value, unit, kind)
    return `${shortened(plain(conditions['agent'] ?? ''), 40)} ${value}`.trim()
  })
  const more = findings.length - said.length
  return [...said, ...(more > 0 ? [`and ${more} more`] : [])].join('\n')
}
