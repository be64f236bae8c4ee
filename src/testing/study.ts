import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { steadyNow } from '../record/index.ts'
import { startRun, type RunEnd } from '../run/index.ts'
import type { Study } from '../study/index.ts'
import type { ContractCase } from './contract-case.ts'

/**
 * What every study promises: its controls pass, each measure is read by one of them, and the same seed gives the same findings.
 *
 * @param tasks a number of tasks, or a glob over their ids, for studies with many; default all
 */
export function studyContract(study: Study, tasks?: number | string): readonly ContractCase[] {
  const controls = async (): Promise<RunEnd> => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-study-'))
    const never = new AbortController().signal
    try {
      return await startRun(
        {
          study,
          request: {
            models: [],
            set: {},
            ...(tasks !== undefined && { tasks }),
            seed: 'contract',
            controls: 'only',
            sampling: {},
            limits: {},
          },
          run: 'contract',
          folder: path.join(folder, 'run'),
        },
        { concurrency: 4, durability: 'each-second', version: 'contract' },
        {
          open: (name) => Promise.reject(new Error(`a study's contract opens no model, and was asked for ${name}`)),
          now: steadyNow,
          redact: (line) => line,
          stopping: never,
          abort: never,
        },
      )
    } finally {
      fs.rmSync(folder, { recursive: true, force: true })
    }
  }
  let once: Promise<RunEnd> | undefined
  const first = (): Promise<RunEnd> => (once ??= controls())
  return [
    { name: 'it has a control', run: () => assert.ok(Object.keys(study.controls).length > 0) },
    {
      name: 'its control checks pass',
      async run() {
        const { reading } = await first()
        assert.ok(reading.controls.length > 0, 'No control has an expected value.')
        assert.deepEqual(
          reading.controls.filter((each) => !each.passed),
          [],
        )
      },
    },
    {
      name: 'every measure is read by a control',
      async run() {
        const { outcomes, reading } = await first()
        const known = new Set([
          ...reading.controls.flatMap((each) => (each.of === 'trials' ? [each.measure] : [])),
          ...reading.findings.flatMap(({ measure, calibration }) =>
            calibration === 'calibrated' && measure !== undefined ? [measure] : [],
          ),
        ])
        // An optional measure that no control's trial has says nothing of these controls; its findings are uncalibrated.
        const measured = Object.entries(study.outcome).filter(
          ([name, { optional }]) => !optional || outcomes.some(({ values }) => values[name] !== undefined),
        )
        assert.deepEqual(
          measured.flatMap(([name]) => (known.has(name) ? [] : [`no control has a known value for ${name}`])),
          [],
        )
      },
    },
    {
      name: 'the same seed gives the same findings',
      async run() {
        const [a, b] = [await first(), await controls()]
        assert.deepEqual(a.reading.findings, b.reading.findings)
      },
    },
  ]
}
