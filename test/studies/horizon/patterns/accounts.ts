import { codes, names, numbered, type Script } from './text.ts'

const HEARD =
  /they say|good friend|all over town|(brother|sister) saw|always lain|every night at|my window|swear to|himself (told|said)|harbour book|in the paper/i
const OWN_PARTY = /wages|books of|married to|owner pays me|uncle, who owns|share a mother|fed me|son-in-law's|cousin's/i
const AWAY = /played cards with us|slept under my roof|(coach|ferry) to .* left|(held it|stood by)\.|(lockup|hospital)/
const BACK = /has been here and|came back and|tide tables|slept on it|made up, I am|said for a bet/
const PAID = /is (the brother|a daughter)|each Friday|wedding|married his sister/

/** The last name that is not the speaker's, a town's, or one that is said not to be it. */
function berthOf(own: string): string {
  const said = own
    .replaceAll(/(told the constable|talks of|says|not) [A-Z][a-z]{5}/gi, '')
    .split('. ')
    .slice(1)
    .join('. ')
  return names(said).find((each) => !/^(People|Nobody|Strang)/.test(each)) ?? ''
}

export const accounts: Script = (files, credulous = false) => {
  const people = Object.entries(files).flatMap(([path, text]) => (path.startsWith('witnesses/') ? [text] : []))
  const byName = new Map(people.map((text) => [/What (\w+) says/.exec(text)?.[1] ?? '', text.split('\n').slice(2)]))
  const next = (line: string): string | undefined => {
    const [a, b] = names(line).filter((each) => byName.has(each))
    if (
      b === undefined ||
      /repeats what|wants to be heard|likes to talk|Nobody else|Not a soul|Do not look|That is all/.test(line)
    )
      return undefined
    if (/^(Ask|Go to|Had I)/.test(line) || /second saw|latter was/.test(line)) return a
    return b
  }
  const remarks = Object.entries(files).flatMap(([path, text]) =>
    path.startsWith('boats/')
      ? text.split('\n').slice(2, -2)
      : path.startsWith('witnesses/')
        ? text.split('\n').slice(3, -2)
        : [],
  )
  const standing = (name: string, own: string): string => {
    const trade = /(\w+?)s? like me|, (?:the |an? )?(\w+)(?: by trade)?,? (?:of|from|in) /i.exec(own)
    const town = /(?:name, |(?:of|from|in) )([A-Z][a-z]{5})/.exec(own.split('. ')[0] ?? '')?.[1] ?? '?'
    const called = `the ${(trade?.[1] ?? trade?.[2] ?? '?').toLowerCase()} from ${town}`
    const about = remarks.find((line) => line.toLowerCase().includes(called.toLowerCase()) || line.includes(name))
    if (about !== undefined) {
      if (BACK.test(about)) return 'taken back'
      if (PAID.test(about)) return 'party'
      if (AWAY.test(about)) return 'away'
      if (credulous) return /word|signed|owned up/.test(about) ? 'taken back' : /owner/.test(about) ? 'party' : 'away'
    }
    if (HEARD.test(own)) return 'unseen'
    return OWN_PARTY.test(own) ? 'party' : 'counts'
  }
  return Object.fromEntries(
    numbered(files, 'boats').map(([number, text]) => {
      const log = codes(text)[0] ?? ''
      const trail: string[] = []
      for (let at = next(text.trimEnd().split('\n').at(-1) ?? ''); at !== undefined && !trail.includes(at);) {
        trail.push(at)
        at = next(byName.get(at)?.findLast((line) => line !== '') ?? '')
      }
      const said = trail.map((name) => {
        const own = byName.get(name)?.[0] ?? ''
        return { name, berth: berthOf(own), worth: standing(name, own) }
      })
      const chosen = said.find(({ worth }) => worth === 'counts') ?? said.find(({ worth }) => worth === 'party')
      const lines = said.map(({ name, worth }) => `${name}: ${worth}`)
      return [
        `reports/boat-${number}.txt`,
        [`log: ${log}`, `berth: ${chosen?.berth ?? 'unknown'}`, ...lines, ''].join('\n'),
      ]
    }),
  )
}
