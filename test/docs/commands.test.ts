import { expect, test } from 'vitest'
import { commandsPage, declaredCommands, flagOf } from '../../scripts/commands-page.ts'
import type { Command } from '../../src/cli/command.ts'
import { parseOption, type OptionSpec } from '../../src/cli/option.ts'
import { commandsOf, pages, textOf } from './pages.ts'

const commands = await declaredCommands()

test('docs/commands.md is what npx node scripts/commands-page.ts writes', async () => {
  const page = textOf('docs/commands.md')
  expect(page).toBe(await commandsPage(page))
})

test.each(pages)('every command that %s shows can be typed', (page) => {
  expect(commandsOf(page).flatMap((words) => faultsOf(words).map((fault) => `${words.join(' ')}: ${fault}`))).toEqual(
    [],
  )
})

test.each(pages)('%s begins every command with npx assay', (page) => {
  const names = [...commands.keys()].join('|')
  expect(
    textOf(page).match(new RegExp(`^(?: {4}|\\$ )*assay (?:${names})\\b.*|\`assay (?:${names})[ \`].*`, 'gm')) ?? [],
  ).toEqual([])
})

/** What is wrong with a command line; a word in brackets or with an ellipsis is for the reader to fill in. */
function faultsOf([name = '', ...words]: readonly string[]): readonly string[] {
  if (name.startsWith('-') || name === '…' || name.startsWith('<')) return []
  const command = commands.get(name)
  if (command === undefined) return ['there is no such command']
  const options = new Map<string, OptionSpec>(Object.entries(command.options).map(([key, spec]) => [flagOf(key), spec]))
  options.set('--json', { type: 'flag', says: '' })
  options.set('--help', { type: 'flag', says: '' })
  const faults: string[] = []
  const given: string[] = []
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    if (!word.startsWith('--')) given.push(word)
    else {
      const spec = options.get(word)
      if (spec === undefined) faults.push(`there is no option ${word}`)
      else if (spec.type !== 'flag') {
        at += 1
        faults.push(...valueFaults(word, spec, words[at]))
      }
    }
  }
  return [...faults, ...argumentFaults(command, given, words.includes('--help'))]
}

function valueFaults(
  flag: string,
  spec: Exclude<OptionSpec, { type: 'flag' }>,
  value: string | undefined,
): readonly string[] {
  if (value === undefined) return [`${flag} has no value`]
  if (/[<…]|^N$|^DIR$/.test(value)) return []
  try {
    parseOption(flag, spec, value, undefined)
    return []
  } catch (cause) {
    return [String(cause)]
  }
}

/** Prose may name a command without its arguments (`npx assay view`); a line with an option must be whole. */
function argumentFaults({ arguments: declared }: Command, given: readonly string[], help: boolean): readonly string[] {
  const slots = declared === '' ? [] : declared.split(' ')
  const least = slots.filter((slot) => slot.startsWith('<')).length
  const most = slots.some((slot) => slot.includes('...')) ? Number.POSITIVE_INFINITY : slots.length
  if (given.length > most) return [`too many arguments: ${given.slice(most).join(' ')}`]
  return help || given.length === 0 || given.length >= least ? [] : ['too few arguments']
}
