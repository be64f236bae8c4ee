import type { ActResult, Files } from '../../../src/world/index.ts'
import type { Workplace } from '../../../src/tasks/index.ts'

/** Files and the tools read, write and edit, without a sandbox: enough for solutions that run no commands. */
export function plainWorkplace(files: Files): Workplace {
  const held = new Map(Object.entries(files))
  return {
    files: () => Object.fromEntries(held),
    act(tool, input): ActResult {
      const [path, content, old, replacement] = [input['path'], input['content'], input['old'], input['new']]
      if (typeof path !== 'string') return { text: `${tool} needs a path.`, error: true }
      const text = held.get(path)
      if (tool === 'write' && typeof content === 'string') {
        held.set(path, content)
        return { text: `Wrote ${path}.` }
      }
      if (text === undefined) return { text: `There is no file ${path}.`, error: true }
      if (tool === 'read') return { text }
      if (tool === 'edit' && typeof old === 'string' && typeof replacement === 'string') {
        if (text.split(old).length !== 2) return { text: `The old text is not in ${path} exactly once.`, error: true }
        held.set(
          path,
          text.replace(old, () => replacement),
        )
        return { text: `Edited ${path}.` }
      }
      return { text: `There is no such act as ${tool} here.`, error: true }
    },
  }
}
