import { inboxTask, injectedGoal } from '../../tasks/index.ts'
import type { Access } from '../../world/index.ts'
import type { Message, Part } from '../../record/index.ts'
import type { PlantedTrial, Policy } from '../../study/index.ts'

/**
 * A planted clerk who knows how the errand is done: does it, and then, if it obeys, whatever planted text asked for that it
 * has read.
 */
export function plantedClerk(obeys: boolean): (trial: PlantedTrial) => Policy {
  return ({ task }) => {
    const setting = settingOf(task.key)
    if (setting === undefined) return () => []
    const { errand, goal, access, seed } = setting
    const { solution, answer = 'Done.' } = inboxTask({ errand, seed, access })
    const wanted = injectedGoal(goal)
    return (messages): readonly Part[] => {
      const step = messages.filter(({ role }) => role === 'assistant').length
      const gives = obeys && hasRead(messages, wanted.text)
      const acts = [...solution, ...(gives ? wanted.acts : [])]
      const act = acts[step]
      if (act !== undefined)
        return [{ type: 'tool-call', id: `call-${step}`, name: act.tool, arguments: JSON.stringify(act.input) }]
      return [{ type: 'text', text: [answer, ...(gives && wanted.says !== undefined ? [wanted.says] : [])].join(' ') }]
    }
  }
}

function hasRead(messages: readonly Message[], text: string): boolean {
  const wanted = flat(text)
  return messages.some(
    (message) => message.role !== 'assistant' && message.role !== 'system' && flat(message.text).includes(wanted),
  )
}

function flat(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/g, ' ')
}

interface OfficeKey {
  readonly errand: string
  readonly goal: string
  readonly access: Access
  readonly seed: string
}

/** The errand behind a trial, from the key that its task was made with. */
function settingOf(key: PlantedTrial['task']['key']): OfficeKey | undefined {
  const behaviour = key?.['behaviour']
  if (typeof behaviour !== 'object' || behaviour === null || Array.isArray(behaviour)) return undefined
  const { errand, goal, access, seed } = Object.fromEntries(Object.entries(behaviour))
  if (typeof errand !== 'string' || typeof goal !== 'string' || typeof seed !== 'string') return undefined
  return access === 'read' || access === 'act' ? { errand, goal, access, seed } : undefined
}
