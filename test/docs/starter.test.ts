import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { writeStarter } from '../../src/project/index.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { textOf } from './pages.ts'

test('docs/writing-a-study.md shows the study that init writes', () => {
  const folder = temporaryFolder()
  writeStarter(folder)
  const study = fs.readFileSync(path.join(folder, 'sums.study.ts'), 'utf8')
  expect(textOf('docs/writing-a-study.md')).toContain(`\`\`\`ts\n${study}\`\`\``)
})
