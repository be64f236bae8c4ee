import type { Fact, SolutionAct, TaskFamily } from '../../world/index.ts'
import { drawFrom, lookBack, type Draw } from './draw.ts'
import { defineFamily, reads, writes, type Draft, type Job } from './job.ts'
import { indented, money, two } from './text.ts'
import { wantedText } from './wanted.ts'

/**
 * Accounts, each with a sheet of the firm's books and a statement of the bank that differ in one entry. Where the
 * difference is posted to depends on the account's branch, as a note on an earlier sheet says.
 *
 * Shortest: the numbers of sheet and statement must be cited and stand nowhere else, so both files of each account must
 * be read, and each finding is a file of its own: three acts an account. What three does not divide is one account of
 * which the instruction quotes the statement (two acts), or statement and sheet (one act).
 */
export const ledgers: TaskFamily = defineFamily({
  name: 'ledgers',
  about:
    "Find the entry in which the books and the bank's statement differ, account by account, and say what it means.",
  shortest: {
    tools: ['list', 'read', 'write', 'edit'],
    why: 'both files of an account hold a number that must be cited and is nowhere else, one act reads one file, and each finding is a file of its own',
    fewer: 'with bash two acts do: one prints all files, or compares them, and one command writes all findings',
  },
  centsPerStep: 30,
  draft,
})

interface Entry {
  readonly day: number
  readonly month: number
  readonly reference: string
  readonly party: string
  readonly cents: number
}

interface Account {
  readonly number: number
  readonly sheet: string
  readonly statement: string
  readonly branch: { readonly name: string; readonly post: string }
  /** The entry that differs, as the books and as the bank have it; absent where that side lacks it. */
  readonly books: Entry | undefined
  readonly bank: Entry | undefined
  readonly alike: readonly Entry[]
}

function draft(steps: number, seed: string): Draft {
  const draw = drawFrom('ledgers', steps, seed)
  const count = Math.ceil(steps / 3)
  const accounts = Array.from({ length: count }, (_, place) => newAccount(place + 1, draw))
  // The first account takes the acts that are left over.
  const quotedFiles = [0, 2, 1][steps % 3] ?? 0
  // What stands in the instruction is never lost, so nothing that must be remembered stands on a quoted sheet.
  const earlier = lookBack(draw, count, quotedFiles === 2 ? 1 : 0)
  const needed = new Set(earlier)
  const quotes: string[] = []
  const jobs = accounts.map((account, place): Job => {
    const from = earlier[place]
    const branch = from === undefined ? undefined : accounts[from]?.branch
    const posting = needed.has(place) ? postingFact(account) : undefined
    const quoted = place === 0 ? quotedFiles : 0
    const bank = bankText(account, draw)
    const books = booksText(account, branch?.name, posting?.text, draw)
    const files: Record<string, string> = {}
    const facts: Fact[] = []
    const acts: SolutionAct[] = []
    const needs: string[] = []
    const note = (fact: Fact): void => {
      facts.push(fact)
      needs.push(fact.id)
    }
    if (quoted < 2) {
      const path = `books/account-${account.number}.txt`
      files[path] = books
      acts.push(reads(path))
      booksFacts(account).forEach(note)
      if (posting !== undefined) facts.push(posting)
    } else quotes.push(books)
    if (quoted < 1) {
      const path = `bank/account-${account.number}.txt`
      files[path] = bank
      acts.push(reads(path))
      bankFacts(account).forEach(note)
    } else quotes.push(bank)
    if (branch !== undefined) needs.push(postingId(branch.name))
    const path = `findings/account-${account.number}.txt`
    const lines = finding(account, branch?.post)
    const wrong = wrongFinding(account, branch !== undefined, draw)
    acts.push(writes(path, wantedText(lines), needs, wantedText(wrong)))
    return { files, facts, acts, wanted: [{ path, lines }] }
  })
  return { instruction: instruction(count, quotes), jobs, only: ['findings'] }
}

function newAccount(number: number, draw: Draw): Account {
  const entry = (): Entry => ({
    day: draw.whole(1, 28),
    month: draw.whole(1, 12),
    reference: draw.code(),
    party: draw.name(),
    cents: draw.whole(100, 99_999),
  })
  const differs = entry()
  const kind = draw.pick(['amount', 'not in the bank', 'not in the books'])
  const other = { ...differs, cents: differs.cents + draw.pick([-1, 1]) * draw.whole(1, 99) }
  return {
    number,
    sheet: draw.code(),
    statement: draw.code(),
    branch: { name: draw.name(), post: draw.code() },
    books: kind === 'not in the books' ? undefined : differs,
    bank: kind === 'not in the bank' ? undefined : kind === 'amount' ? other : differs,
    alike: Array.from({ length: draw.whole(4, 8) }, entry),
  }
}

function booksLine({ day, month, reference, party, cents }: Entry): string {
  return `2031-${two(month)}-${two(day)}; ${reference}; ${party}; ${money(cents)}`
}

function bankLine({ day, month, reference, party, cents }: Entry): string {
  return `${two(day)}.${two(month)}.31  ${party.toUpperCase()}  ${money(cents)}  ${reference}`
}

function booksText(account: Account, branch: string | undefined, note: string | undefined, draw: Draw): string {
  const entries = account.books === undefined ? account.alike : [...account.alike, account.books]
  return [
    sheetText(account),
    ...(branch === undefined ? [] : [`Branch: ${branch}`]),
    ...(note === undefined ? [] : [note]),
    '',
    ...draw.shuffled(entries).map(booksLine),
    '',
  ].join('\n')
}

function bankText(account: Account, draw: Draw): string {
  const entries = account.bank === undefined ? account.alike : [...account.alike, account.bank]
  return [statementText(account), '', ...draw.shuffled(entries).map(bankLine), ''].join('\n')
}

function sheetText({ number, sheet }: Account): string {
  return `Sheet ${sheet} of the books, account ${number}`
}

function statementText({ number, statement }: Account): string {
  return `Statement ${statement} of the bank, account ${number}`
}

function postingId(branch: string): string {
  return `posting of ${branch}`
}

function postingFact({ branch }: Account): Fact {
  return {
    id: postingId(branch.name),
    text: `Note: differences of the branch ${branch.name} are posted to ${branch.post}.`,
    question: `Where are the differences of the branch ${branch.name} posted to?`,
    answer: branch.post,
  }
}

function booksFacts(account: Account): readonly Fact[] {
  const { number, sheet, books } = account
  return [
    {
      id: `sheet of account ${number}`,
      text: sheetText(account),
      question: `What is the number of the sheet of the books of account ${number}?`,
      answer: sheet,
    },
    ...(books === undefined ? [] : [entryFact('books', number, books, booksLine(books))]),
  ]
}

function bankFacts(account: Account): readonly Fact[] {
  const { number, statement, bank } = account
  return [
    {
      id: `statement of account ${number}`,
      text: statementText(account),
      question: `What is the number of the bank's statement for account ${number}?`,
      answer: statement,
    },
    ...(bank === undefined ? [] : [entryFact('bank', number, bank, bankLine(bank))]),
  ]
}

function entryFact(side: string, number: number, { reference, cents }: Entry, text: string): Fact {
  return {
    id: `${side} entry of account ${number}`,
    text,
    question: `Which amount for ${reference} stands in the ${side === 'bank' ? "bank's statement" : 'books'}?`,
    answer: money(cents),
  }
}

function finding({ sheet, statement, books, bank }: Account, post: string | undefined): Record<string, string> {
  return {
    sheet,
    statement,
    reference: (books ?? bank)?.reference ?? '',
    difference: money((books?.cents ?? 0) - (bank?.cents ?? 0)),
    ...(post === undefined ? {} : { 'post to': post }),
  }
}

function wrongFinding(account: Account, posted: boolean, draw: Draw): Record<string, string> {
  const [some] = account.alike
  return {
    sheet: draw.code(),
    statement: draw.code(),
    reference: some?.reference ?? '',
    // No account differs by exactly nothing.
    difference: money(0),
    ...(posted ? { 'post to': draw.code() } : {}),
  }
}

function instruction(accounts: number, quotes: readonly string[]): string {
  const missing =
    quotes.length === 0
      ? ''
      : `\nOf account 1 ${quotes.length === 1 ? 'the statement is not in the folder. It reads' : 'neither file is in the folders. They read'}:\n\n${quotes.map(indented).join('\n\n')}\n`
  return `Reconcile the books with the bank, account by account.

There ${accounts === 1 ? 'is one account, account 1' : `are ${accounts} accounts, account 1 to account ${accounts}`}. The sheet of the books of account 1 is \`books/account-1.txt\`, the bank's statement is \`bank/account-1.txt\`, and so on. Both list the payments received in 2031, in any order. Entries belong together when they have the same reference, like QK-48213. In each account exactly one entry differs: its amount is not the same, or one side lacks it.
${missing}
For each account write a file \`findings/account-<number>.txt\` with these lines:

    sheet: <the number of the sheet of the books, from its first line>
    statement: <the number of the bank's statement, from its first line>
    reference: <the reference of the entry that differs>
    difference: <the amount in the books minus the amount at the bank>
    post to: <where the difference is posted to>

A side that lacks the entry counts as 0.00. Give the difference with two decimals, and with a minus sign in front where the bank has more: 12.50 or -0.07.

The line \`post to\` is only for accounts whose sheet names a branch. Where the differences of that branch are posted to is said in a note on the sheet of an account with a lower number.

When there is a finding for every account, submit.
`
}
