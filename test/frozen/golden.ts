import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { Reading } from './reading.ts'

function fileOf(scene: string): string {
  return path.join(import.meta.dirname, 'golden', `${scene}.json`)
}

/** What was frozen of a scene; nothing where it is new. */
export function readGolden(scene: string): Reading {
  const file = fileOf(scene)
  return fs.existsSync(file) ? z.record(z.string(), z.unknown()).parse(JSON.parse(fs.readFileSync(file, 'utf8'))) : {}
}

/** One line a finding, so that a change of one is a change of one line. */
export function writeGolden(scene: string, reading: Reading): void {
  const rows = Object.entries(plainJson(reading)).map(
    ([name, said]) => `${JSON.stringify(name)}: ${JSON.stringify(said)}`,
  )
  fs.writeFileSync(fileOf(scene), `{\n${rows.join(',\n')}\n}\n`)
}

/** What is said otherwise than before, name by name and field by field; empty where all is the same to the last digit. */
export function differences(before: Reading, now: Reading): readonly string[] {
  const told = plainJson(now)
  const names = [...new Set([...Object.keys(before), ...Object.keys(told)])]
  return names.flatMap((name) => {
    if (!(name in told)) return [`gone      ${name}: ${JSON.stringify(before[name])}`]
    if (!(name in before)) return [`new       ${name}: ${JSON.stringify(told[name])}`]
    const fields = changes('', before[name], told[name])
    return fields.length === 0 ? [] : [`changed   ${name}`, ...fields.map((field) => `          ${field}`)]
  })
}

/** As the golden file would give it back, so that what JSON cannot hold is no difference. */
function plainJson(reading: Reading): Reading {
  return z.record(z.string(), z.unknown()).parse(JSON.parse(JSON.stringify(reading)))
}

function changes(field: string, before: unknown, now: unknown): readonly string[] {
  if (isRecord(before) && isRecord(now)) {
    // A finding may come to tell more in its details; what it told it goes on telling.
    const keys = field === 'details' ? Object.keys(before) : [...new Set([...Object.keys(before), ...Object.keys(now)])]
    return keys.flatMap((key) => changes(field === '' ? key : `${field}.${key}`, before[key], now[key]))
  }
  const same = Object.is(before, now) || JSON.stringify(before) === JSON.stringify(now)
  return same ? [] : [`${field === '' ? '' : `${field} `}${text(before)} → ${text(now)}`]
}

function text(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
