import { RUN_FORMAT, type RunRecord } from '../record/index.ts'

/** A `run.json` of this moment and machine. */
export function newRecord(
  asked: Omit<RunRecord, 'format' | 'createdAt' | 'versions'>,
  version: string,
  now: () => number,
): RunRecord {
  return {
    format: RUN_FORMAT,
    ...asked,
    createdAt: new Date(now()).toISOString(),
    versions: { assay: version, node: process.version, platform: `${process.platform}-${process.arch}` },
  }
}
