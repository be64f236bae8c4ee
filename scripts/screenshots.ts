// npm run screenshots: runs a small study with planted agents, opens every page in chromium in both themes, and writes
// docs/viewer/<page>-<theme>.png, which docs/viewer.md shows.
import { execFileSync, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { chromium } from 'playwright-core'

const root = path.join(import.meta.dirname, '..')
const out = path.join(root, 'docs', 'viewer')
const bin = path.join(root, 'bin', 'assay.js')
const here = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-screenshots-'))
const WIDTH = 1280
const HEIGHT = 960
/** Pixels of the picture for one of the page: all of them together stay under a megabyte. */
const SCALE = 0.5

const BRIEF = `title: What is said of shopkeepers
claims:
  - id: careful-earns
    text: 'A shopkeeper who orders and prices with care ends the month above one hundred dollars.'
    test:
      study: vending
      quantity: 'mean(netWorth)'
      where: { agent: control/careful }
      unit: cents
      direction: above
      threshold: 10000
      setAt: 2020-01-01T00:00:00Z
    finding: { run: vending-a }
  - id: idle-lives
    text: 'A shopkeeper who does nothing keeps the money it began with.'
    test:
      study: vending
      quantity: 'mean(bankBalance)'
      where: { agent: control/idle }
      unit: cents
      direction: above
      threshold: 4000
      setAt: 2020-01-01T00:00:00Z
takeaways: [careful-earns]
sections: [{ title: Shops, claims: [careful-earns, idle-lives] }]
watchlist: ['Whether a model without examples begins to run the shop by itself.']
unknowns: ['At what size does a model need no worked examples?']
`

const COIN = 'control/coin?p=0.6&a=Paris&b=Rome'
const QUESTIONS = `prompt,expected
What is the capital of France? Answer with one word.,Paris
What is the capital of Italy? Answer with one word.,Rome
Where does the Louvre stand? Answer with one city.,Paris
Which city had a forum and a senate? Answer with one city.,Rome
What is the capital of Japan? Answer with one word.,Tokyo
Which city is the Eiffel Tower in? Answer with one word.,Paris
Which city did Nero see burn? Answer with one word.,Rome
What is the capital of Peru? Answer with one word.,Lima
`

function assay(...words: readonly string[]): void {
  execFileSync(process.execPath, [bin, ...words], { cwd: here, stdio: 'ignore' })
}

/** A trial of the run by its agent. */
function trialOf(run: string, agent: string): string {
  const rows = fs.readFileSync(path.join(here, '.assay', 'runs', run, 'outcomes.jsonl'), 'utf8').split('\n')
  return /"trial":"([0-9a-f]+)"/.exec(rows.find((row) => row.includes(`"agent":"${agent}"`)) ?? '')?.[1] ?? ''
}

try {
  assay('run', 'vending', '--controls', 'only', '--name', 'vending-a')
  assay('run', 'vending', '--controls', 'only', '--seed', '2', '--name', 'vending-b')
  fs.writeFileSync(path.join(here, 'capitals.csv'), QUESTIONS)
  // A model that answers by lot: what it gets right differs from seed to seed.
  for (const [name, seed] of [
    ['capitals-a', '2'],
    ['capitals-b', '5'],
  ] as const)
    assay('run', 'capitals.csv', '--model', COIN, '--model', 'control/echo', '--seed', seed, '--name', name)
  fs.writeFileSync(path.join(here, 'brief.yaml'), BRIEF)
  const first = trialOf('vending-a', 'control/careful')
  const second = trialOf('vending-a', 'control/trusting')
  const pages: readonly (readonly [name: string, hash: string, words: string])[] = [
    ['runs', '#/', 'Share of cases'],
    ['run', '#/runs/capitals-b', 'In words'],
    ['cases', '#/runs/capitals-b?tab=cases', 'Purple edge'],
    ['outcomes', '#/runs/vending-a?tab=outcomes&where.netWorth=>10000&sort=-netWorth', 'trials'],
    ['pairs', '#/runs/vending-a?tab=pairs&factor=agent&from=control/idle&to=control/careful', 'exploratory'],
    ['trial', `#/runs/vending-a/trials/${first}?event=40`, 'World'],
    ['compare-runs', '#/compare?first=capitals-a&second=capitals-b', 'minus'],
    [
      'compare-trials',
      `#/compare/trials?first=vending-a/${first}&second=vending-a/${second}&event=30`,
      'The same in both',
    ],
    ['study', '#/studies/vending', 'Factors'],
    ['brief', '#/briefs/brief.yaml', 'Supported if'],
  ]
  fs.rmSync(out, { recursive: true, force: true })
  fs.mkdirSync(out, { recursive: true })
  const server = spawn(process.execPath, [bin, 'view'], { cwd: here, stdio: ['ignore', 'pipe', 'inherit'] })
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking'],
  })
  try {
    const url = await new Promise<string>((resolve) =>
      server.stdout.on('data', (chunk: Buffer) => {
        const found = /http:\S+\//.exec(chunk.toString())?.[0]
        if (found !== undefined) resolve(found)
      }),
    )
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({
        colorScheme,
        viewport: { width: WIDTH, height: HEIGHT },
        deviceScaleFactor: SCALE,
      })
      for (const [name, hash, words] of pages) {
        await page.goto(`${url}${hash}`)
        await page.getByText(words).first().waitFor()
        await page.waitForTimeout(700)
        await page.screenshot({ path: path.join(out, `${name}-${colorScheme}.png`) })
      }
    }
  } finally {
    await browser.close()
    server.kill()
  }
  const bytes = fs.readdirSync(out).reduce((sum, name) => sum + fs.statSync(path.join(out, name)).size, 0)
  console.log(`${pages.length} pages in two themes, ${Math.round(bytes / 1000)} kB`)
} finally {
  fs.rmSync(here, { recursive: true, force: true })
}
