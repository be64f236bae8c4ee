import { RUN_FORMAT, type RunRecord } from '../record/index.ts'

/** A `run.json` of this moment and machine. @param others versions of what else the trials run in, by name */
export function newRecord(
  asked: Omit<RunRecord, 'format' | 'createdAt' | 'versions'>,
  version: string,
  now: () => number,
  others: RunRecord['versions'] = {},
): RunRecord {
  return {
    format: RUN_FORMAT,
    ...asked,
    createdAt: new Date(now()).toISOString(),
    versions: { assay: version, node: process.version, platform: `${process.platform}-${process.arch}`, ...others },
  }
}
