import path from 'node:path'
import fs from 'node:fs'
import { z } from 'zod'
import type { Study } from '../../src/study/index.ts'
import { casesStudy, readCases } from '../../src/studies/cases/index.ts'
import { bubblewrap } from '../../src/world/index.ts'
import { numberFrom, toyStudy } from '../run/toy-study.ts'
import { hostileStudy } from '../world/workspace/hostile.ts'

export const STUDIES = ['tally', 'questions', 'vandals with files', 'vandals with a shell'] as const

/** What is run in one round: it can be made again, by whichever process, from this alone. */
export interface Subject {
  readonly study: (typeof STUDIES)[number]
  readonly seed: string
  /** Tasks, questions or vandals. */
  readonly size: number
}

export const subject: z.ZodType<Subject> = z.object({ study: z.enum(STUDIES), seed: z.string(), size: z.number() })

/** What an agent with a shell may use up: little, so that it is used up. */
const LIMITS = { ms: 300, memoryBytes: 64 << 20, processes: 40, outputBytes: 16 << 10, diskBytes: 2 << 20, files: 400 }

/** @param home next to it are files of the study's own */
export function studyOf({ study, seed, size }: Subject, home: string): Study {
  const seeds = Array.from({ length: size }, (_, index) => `${seed}-${index}`)
  switch (study) {
    case 'tally':
      return toyStudy({ tasks: size })
    case 'questions': {
      // Not on the small disk: it is there before the run.
      const file = path.join(path.dirname(home), 'questions.csv')
      const rows = seeds
        .flatMap((each) => Array.from({ length: 8 }, (_, at) => `${each}-${at}`))
        .map((each) => `What is ${numberFrom(1000, each, 'a')} + ${numberFrom(1000, each, 'b')}?`)
      const text = rows.map((prompt, index) => `q${index},${prompt},${sumOf(prompt)},number`).join('\n')
      if (!fs.existsSync(file)) fs.writeFileSync(file, `id,prompt,expected,check\n${text}\n`)
      return casesStudy('questions', readCases(file))
    }
    case 'vandals with files':
      return hostileStudy(undefined, { diskBytes: LIMITS.diskBytes, files: LIMITS.files }, seeds, 12)
    case 'vandals with a shell':
      return hostileStudy(bubblewrap, LIMITS, seeds.slice(0, 2), 8)
  }
}

/** What a question asks for; two of three are answered right. */
export function sumOf(prompt: string): number {
  return [...prompt.matchAll(/\d+/g)].reduce((sum, [digits]) => sum + Number(digits), 0)
}
