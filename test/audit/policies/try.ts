/**
 * Made tables whose published number was counted by one planted policy that is not Assay's own, and whether the audit
 * names it; the same tables with a number that no policy gives show how often one is named by chance.
 *
 *     npx node test/audit/policies/try.ts [seed…]   # default seed: shown
 */
import { audit, readPublished } from '../../../src/audit/index.ts'
import { OF_OTHERS } from './others.ts'
import { drawFrom, type Planted } from './planted.ts'
import { OF_RATES } from './rates.ts'

/** What the audit made of one case. */
export interface Tried {
  readonly name: string
  /** Our own policy gives the published number too: nothing is to be found. */
  readonly agrees: boolean
  readonly found: boolean
  /** Other policies that give the same number. */
  readonly others: readonly string[]
}

/** All cases of one seed. */
export interface Trial {
  readonly tried: readonly Tried[]
  /** Numbers that no policy gives, and how many of them were explained by one. */
  readonly without: number
  readonly byChance: readonly string[]
}

type Explained = { readonly agrees: boolean; readonly policies: readonly string[] }

async function explained({ kind, rows, quantity, by, statedN }: Planted, percent: string): Promise<Explained> {
  const { published } = await audit(
    { shown: 'made', rows },
    {
      kind,
      version: 'test',
      published: readPublished([`${quantity}=${percent}%`]),
      ...(by !== undefined && { by }),
      ...(statedN !== undefined && { statedN }),
    },
  )
  const [one] = published
  return { agrees: one?.agrees === true, policies: (one?.explainedBy ?? []).map(({ policy }) => policy) }
}

function printed({ value, digits = 2, cut }: Planted): string {
  const scale = 10 ** digits
  return (cut === true ? Math.floor(100 * value * scale + 1e-9) / scale : 100 * value).toFixed(digits)
}

/** Each case with its planted policy, then with a number that is off by some points, which none gives. */
export async function tryPolicies(seed: string): Promise<Trial> {
  const tried: Tried[] = []
  const byChance: string[] = []
  let without = 0
  for (const [name, make] of Object.entries({ ...OF_RATES, ...OF_OTHERS })) {
    const d = drawFrom(name, seed)
    const planted = make(d)
    const { agrees, policies } = await explained(planted, printed(planted))
    const found = policies.some((policy) => planted.says.test(policy))
    tried.push({ name, agrees, found, others: policies.filter((policy) => !planted.says.test(policy)) })
    const off = Math.min(0.99, planted.value + 0.0317 + d.whole(1, 400) / 10_000)
    const chance = await explained(planted, (100 * off).toFixed(1))
    if (!chance.agrees) without++
    if (chance.policies.length > 0) byChance.push(`${name}: ${chance.policies.join('; ')}`)
  }
  return { tried, byChance, without }
}

if (import.meta.main) {
  const seeds = process.argv.slice(2)
  for (const seed of seeds.length > 0 ? seeds : ['shown']) {
    const { tried, byChance, without } = await tryPolicies(seed)
    const open = tried.filter(({ agrees }) => !agrees)
    for (const { name, agrees, found, others } of tried) {
      const said = agrees ? 'agrees anyway' : found ? 'found' : 'NOT FOUND'
      console.log(`${name.padEnd(48)}${said}${others.length > 0 ? `; also: ${others.join('; ')}` : ''}`)
    }
    for (const each of byChance) console.log(`by chance: ${each}`)
    console.log(
      `seed ${seed}: found ${open.filter(({ found }) => found).length} of ${open.length} planted policies, another one beside it in ${open.filter(({ others }) => others.length > 0).length}; of ${without} numbers that no policy gives, ${byChance.length} were explained by one`,
    )
  }
}
