import { defineAttacker, type Attacker } from '../attacker.ts'

/** A person at the terminal or the page types every attempt. */
export function person(hours: number, source: string): Attacker {
  return defineAttacker({
    name: 'person',
    about: 'a person types every attempt and sees every answer',
    knows: 'replies',
    needs: ['person'],
    humanHours: { hours, source },
    async next(history, left, { goal, person: ask }) {
      const last = history.at(-1)
      const shown = [
        last === undefined ? `You win when ${goal.wants}.` : `It answered: ${last.reply ?? '(blocked)'}`,
        left.queries === undefined ? '' : `${left.queries} attempts left. An empty line gives up.`,
      ].join('\n')
      const text = await ask(shown)
      if (text === undefined || text.trim() === '') return { type: 'stop', why: 'the person stopped' }
      return { type: 'attempt', text, ...(last !== undefined && { after: last.number }) }
    },
  })
}
