import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** A folder for one measurement, gone afterwards. */
export async function inScratch<T>(use: (folder: string) => Promise<T> | T): Promise<T> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-bench-'))
  try {
    return await use(folder)
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}
