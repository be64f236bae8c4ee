import { controlsTable, counted, readingTable, type TextTable } from '../report/index.ts'
import { markup, NOTHING, type Html } from './escape.ts'
import type { RunEvidence } from './evidence.ts'
import type { Verdict } from './verdict.ts'

/** The runs under a brief: what was asked, what the controls read, and every finding, the unused ones too. */
export function runsSection(verdicts: readonly Verdict[]): Html {
  const runs = new Map(verdicts.flatMap(({ evidence }) => (evidence === undefined ? [] : [[evidence.run, evidence]])))
  if (runs.size === 0) return NOTHING
  return markup`<section><h2>Runs of this brief</h2>${[...runs.values()].map((run) => runPart(run))}</section>`
}

function runPart({ run, study, question, createdAt, reading }: RunEvidence): Html {
  const passed = reading.controls.filter((control) => control.passed).length
  const state = reading.complete ? 'complete' : 'unfinished'
  const hash = reading.findings[0]?.provenance.designHash ?? ''
  return markup`<p><strong>${run}</strong> (${study}): ${question} <span class="soft">Started ${createdAt}; ${state}; ${passed} of ${counted(reading.controls.length, 'control check')} passed; plan ${hash}; data ${reading.dataHash}.</span></p>
<details><summary>Controls and findings of ${run}</summary>${[
    table('What was expected of the controls, and what was measured', controlsTable(reading)),
    table('All findings', readingTable(reading)),
  ]}</details>`
}

function table(caption: string, { head, rows }: TextTable): Html {
  return markup`<table><caption>${caption}</caption><thead><tr>${head.map((cell) => markup`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${rows.map((row) => markup`<tr>${row.map((cell) => markup`<td>${cell}</td>`)}</tr>`)}</tbody></table>`
}
