// Writes the reference part of docs/commands.md from what the commands declare. A test says when it is not current.
import fs from 'node:fs'
import path from 'node:path'
import type { Command } from '../src/cli/command.ts'
import type { OptionSpec } from '../src/cli/option.ts'
import { commands } from '../src/cli/program.ts'

const page = path.join(import.meta.dirname, '../docs/commands.md')

/** What is below this line of the page belongs to this script. */
const MARK = '<!-- Below: written by `npx node scripts/commands-page.ts`. -->'

/** Every command by its name, in the order of `assay --help`. */
export async function declaredCommands(): Promise<ReadonlyMap<string, Command>> {
  const loaded = Object.entries(commands).map(async ([name, load]) => [name, (await load()).command] as const)
  return new Map(await Promise.all(loaded))
}

/** The page as it should be: `current`, with its reference part made again. */
export async function commandsPage(current: string): Promise<string> {
  const [head = ''] = current.split(MARK)
  const parts = [...(await declaredCommands())].map(([name, command]) => section(name, command))
  return `${head}${MARK}\n\n${parts.join('\n\n')}\n`
}

/** `maxCost` as it is typed: `--max-cost`. */
export function flagOf(key: string): string {
  return `--${key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

function section(name: string, { arguments: given, summary, options, examples }: Command): string {
  const rows = Object.entries(options).map(([key, spec]) => row(key, spec))
  const table = ['| option | what it does | default |', '|---|---|---|', ...rows].join('\n')
  const lines = examples.map((example) => `    ${example.replace(/^(?:npx )?assay /, 'npx assay ')}`)
  const usage = `\`npx assay ${`${name} ${given}`.trim()}\`: ${summary.slice(0, 1).toLowerCase()}${summary.slice(1)}.`
  return [`### ${name}`, usage, lines.join('\n'), ...(rows.length === 0 ? [] : [table])].join('\n\n')
}

function row(key: string, spec: OptionSpec): string {
  const typed = spec.type === 'flag' ? flagOf(key) : `${flagOf(key)} ${spec.value}`
  const choices = spec.type === 'choice' ? ` (${spec.of.join(', ')})` : ''
  const said = `${spec.says.replace(/ \(default: (?<words>.+)\)$/, '')}${choices}`
  return `| \`${cell(typed)}\` | ${cell(said)}${'needed' in spec ? ' (required)' : ''} | ${cell(defaultOf(spec))} |`
}

/** A default is declared as a value, or, where it is no constant, in words at the end of what the option says. */
function defaultOf(spec: OptionSpec): string {
  if ('default' in spec) return Array.isArray(spec.default) ? spec.default.join(',') : String(spec.default)
  return /\((?:.*; )?default: (?<words>.+)\)$/.exec(spec.says)?.groups?.['words'] ?? ''
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}

if (import.meta.main) fs.writeFileSync(page, await commandsPage(fs.readFileSync(page, 'utf8')))
