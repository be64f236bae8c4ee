import type { Compaction, Scaffold, Strategy } from '../../agent/index.ts'
import type { World } from '../../world/index.ts'

export const SCAFFOLDS = ['plain', 'plan', 'notes', 'subagents'] as const
export type ScaffoldName = (typeof SCAFFOLDS)[number]

const RULES =
  'You work in a folder of files through tools. Read what you need, do exactly what you are asked, and leave everything else as it is. When all of it is done, call submit. Nobody can answer questions.'

/** So that a step is a turn: with any number of acts a reply, all files could be read in one. */
const ONE_ACT = ' Take one act at a time: where a reply has several, only the first is carried out.'

const PLAN =
  '\n\nBefore your first act, write a plan: the steps in order, and which facts you will need later. Say which step you are at before each act, and change the plan when it proves wrong.'

const NOTES =
  '\n\nYou have a scratchpad. Write on it what you will need later (exact names, numbers, rules, what is done and what is left) as soon as you learn it, and read it when you are unsure.'

const DELEGATE =
  '\n\nYou do not touch files yourself: hand pieces of the work to your helper, who has the tools for files and does not see this conversation. Tell it all it must know, and ask it to report exactly what you will need later.'

/** What makes a context smaller, where the strategy does: from nine tenths of the window down to a half. */
function compactionOf(strategy: Strategy): Compaction {
  return strategy === 'none' ? { strategy } : { strategy, at: 0.9, to: 0.5 }
}

const NUDGE = { text: 'Go on with the work: use a tool, or submit when all of it is done.', times: 3 }

const known = new Map<string, Scaffold>()

/** What an agent works with: see the factor `tools`. */
export type ToolsLevel = 'files' | 'shell'

export interface ScaffoldOptions {
  readonly tools: ToolsLevel
  readonly template: Scaffold['template']
  /** Tokens; the model's own where absent. */
  readonly window?: number
  /** Worked examples, put behind the rules. */
  readonly examples?: string
}

/** The scaffold of a cell. Equal cells share one, so that a design lists it once. */
export function workScaffold(name: ScaffoldName, compaction: Strategy, options: ScaffoldOptions): Scaffold {
  const { tools, template, window, examples = '' } = options
  const key = JSON.stringify([name, tools, compaction, template, window, examples])
  let scaffold = known.get(key)
  if (scaffold === undefined) {
    const more = { plain: '', plan: PLAN, notes: NOTES, subagents: DELEGATE }[name]
    scaffold = {
      name,
      system: `${RULES}${tools === 'files' ? ONE_ACT : ''}${more}${examples}\n\n`,
      template,
      context: 'all',
      compaction: compactionOf(compaction),
      // A model that continues bare text is shown by example that it must act; the grammar holds it to that.
      toolChoice: template === 'completion' ? 'required' : 'auto',
      delegation: name === 'subagents' ? 'subagent' : 'none',
      subAgent: HELPER,
      ...(tools === 'files' && { actsPerTurn: 1 }),
      memory: name === 'notes' ? ['scratchpad'] : [],
      nudge: NUDGE,
      recall: FACTS_ASKED,
      ...(window !== undefined && { window }),
    }
    known.set(key, scaffold)
  }
  return scaffold
}

/** Facts asked for after each compaction. */
const FACTS_ASKED = 4

const HELPER = {
  name: 'helper',
  description:
    'Hand a piece of the work to your helper, who has the tools for files. Say all it must know; it does not see your conversation.',
  system:
    'You are the helper of somebody who plans the work. You work in a folder of files through tools, exactly as you are asked, and then report what you did and, word for word, what you were asked to find out.',
}

/** The same world with all its tools but the handing in for a helper, where the scaffold has one. */
export function withHelper(world: World): World {
  const tools = world.tools.map(({ name }) => name).filter((name) => name !== 'submit')
  return { ...world, delegation: { tools, subAgent: HELPER } }
}
