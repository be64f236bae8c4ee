import { hash } from 'node:crypto'
import type { Fact, Files, TaskFamily } from '../../world/index.ts'
import { drawFrom, lookBack, type Draw } from './draw.ts'
import { defineFamily, type Draft, type Job } from './job.ts'
import { withoutEnds } from './wanted.ts'

/**
 * Parts that fail their check, mended one after the other with commands. The check of a part says what to mend next
 * only when the part is right: until then that message is encrypted with the right part as its key.
 *
 * Shortest: what a mend needs is known only from the message before, and that message can be read only once the part
 * before is right; one command can mend a part and run its check. What the first mend needs stands in the instruction.
 */
export const repairs: TaskFamily = defineFamily({
  name: 'repairs',
  about: 'Fix parts that fail their check, one after the other; each check says what to fix next.',
  shortest: {
    tools: ['bash', 'list', 'read', 'write', 'edit', 'search'],
    why: 'what to fix next is encrypted with the text of the part that is being fixed, so each fix must be done before the next is known',
    fewer:
      'a script that understands every kind of message can fix and check in a loop: one act, for an author who has seen every kind',
  },
  centsPerStep: 40,
  draft,
})

interface Stage {
  readonly name: string
  readonly path: string
  readonly files: Readonly<Record<string, string>>
  /** The part when it is right. */
  readonly right: string
  /** What the check before it says. */
  readonly message: Fact
  readonly command: string
  readonly wrongCommand: string
}

interface Gate {
  readonly line: string
  readonly code: string
}

function draft(steps: number, seed: string): Draft {
  const draw = drawFrom('repairs', steps, seed)
  // The first message stands in the instruction, which is never lost; so what must be remembered is told after it.
  const earlier = lookBack(draw, steps, 1).map((from) => (draw.whole(0, 1) === 0 ? undefined : from))
  const needed = new Set(earlier)
  const gates = earlier.map((): Gate => ({ line: draw.name(), code: draw.code() }))
  const gateOf = (place: number | undefined): Gate | undefined => (place === undefined ? undefined : gates[place])
  const stages = earlier.map((from) => newStage(gateOf(from), draw))
  const jobs = stages.map((stage, place): Job => {
    const next = stages[place + 1]
    const gate = needed.has(place + 1) ? gateOf(place + 1) : undefined
    const told = gate === undefined ? undefined : gateFact(gate)
    const says =
      next === undefined ? 'That was the last part.' : [next.message.text, told?.text].filter(Boolean).join('\n')
    const asked = gateOf(earlier[place])
    const needs = [...(place === 0 ? [] : [stage.message.id]), ...(asked === undefined ? [] : [gateFact(asked).id])]
    const check = `bash check.sh ${stage.name}`
    return {
      files: { ...stage.files, [`checks/${stage.name}.txt`]: sealed(stage.right, says) },
      facts: [...(next === undefined ? [] : [next.message]), ...(told === undefined ? [] : [told])],
      acts: [
        {
          tool: 'bash',
          input: { command: `${stage.command} && ${check}` },
          ...(needs.length === 0 ? {} : { needs, forgotten: { command: `${stage.wrongCommand} && ${check}` } }),
        },
      ],
      wanted: [{ path: stage.path, text: stage.right }],
    }
  })
  const sound = soundParts(1 + Math.floor(steps / 8), draw)
  const start: Job = {
    files: { 'check.sh': CHECK, ...sound.parts, ...sound.checks },
    facts: [],
    acts: [],
    wanted: [],
  }
  return { instruction: instruction(stages[0]?.message.text ?? ''), jobs: [start, ...jobs], kept: sound.parts }
}

function gateFact({ line, code }: Gate): Fact {
  return {
    id: `gate of ${line}`,
    text: `Remember for later: the gate code of the line ${line} is ${code}.`,
    question: `What is the gate code of the line ${line}?`,
    answer: code,
  }
}

interface Part {
  readonly name: string
  readonly path: string
  readonly lines: Readonly<Record<string, string>>
  readonly code: string
}

interface Mend {
  readonly says: string
  readonly question: string
  readonly answer: string
  /** Files beside the part, or instead of it. */
  readonly files?: Readonly<Record<string, string>>
  readonly moved?: true
  readonly right: Readonly<Record<string, string>>
  /** The command, with the code that is right or one that is not. */
  readonly command: (code: string) => string
}

type Kind = (part: Part, draw: Draw) => Mend

/** What can be wrong with a part. Each mend needs a code that only the message, or an earlier one, tells. */
const KINDS: readonly [Kind, ...Kind[]] = [
  ({ path, lines, code }) => ({
    says: `In ${path} the value of limit must be ${code}.`,
    question: `What must be the value of limit in ${path}?`,
    answer: code,
    right: { ...lines, limit: code },
    command: (code) => `sed -i 's/^limit = .*/limit = ${code}/' ${path}`,
  }),
  ({ path, lines, code }) => ({
    says: `${path} lacks its last line, which is: licence = ${code}`,
    question: `Which licence must the last line of ${path} give?`,
    answer: code,
    right: { ...lines, licence: code },
    command: (code) => `echo 'licence = ${code}' >> ${path}`,
  }),
  ({ path, lines, code }) => ({
    says: `In ${path} every ${lines['owner'] ?? ''} must become ${code}.`,
    question: `What must every ${lines['owner'] ?? ''} in ${path} become?`,
    answer: code,
    right: { ...lines, owner: code, keeper: code },
    command: (code) => `sed -i 's/${lines['owner'] ?? ''}/${code}/g' ${path}`,
  }),
  ({ path, lines, code }, draw) => {
    const from = `store/${draw.name().toLowerCase()}.conf`
    return {
      says: `${path} lies in the wrong place, as ${from}; move it and make the value of port ${code}.`,
      question: `What must be the value of port in ${path}?`,
      answer: code,
      files: { [from]: partText(lines) },
      moved: true,
      right: { ...lines, port: code },
      command: (code) => `mv ${from} ${path} && sed -i 's/^port = .*/port = ${code}/' ${path}`,
    }
  },
  ({ name, path, lines, code }, draw) => {
    const word = draw.name()
    const data = `data/${name}.csv`
    const count = draw.whole(2, 9)
    const rows = [...Array.from({ length: count }, () => word), ...Array.from({ length: 6 }, () => draw.name())]
    return {
      says: `In ${path} the value of records must be ${code}/n, where n is the number of lines of ${data} that hold ${word}.`,
      question: `Which code stands before the slash in the value of records in ${path}?`,
      answer: code,
      files: {
        [data]: draw
          .shuffled(rows)
          .map((row, line) => `${line + 1},${row}\n`)
          .join(''),
      },
      right: { ...lines, records: `${code}/${count}` },
      command: (code) => `n=$(grep -c ${word} ${data}) && sed -i "s|^records = .*|records = ${code}/$n|" ${path}`,
    }
  },
]

function newStage(gate: Gate | undefined, draw: Draw): Stage {
  const title = draw.name()
  const name = title.toLowerCase()
  const path = `parts/${name}.conf`
  const lines = newLines(title, draw)
  const part: Part = { name, path, lines, code: draw.code() }
  const mend = gate === undefined ? draw.pick(KINDS)(part, draw) : gateMend(part, gate)
  return {
    name,
    path,
    files: { ...mend.files, ...(mend.moved === true ? {} : { [path]: partText(lines) }) },
    right: partText(mend.right),
    message: { id: `message on ${name}`, text: mend.says, question: mend.question, answer: mend.answer },
    command: mend.command(gate?.code ?? part.code),
    wrongCommand: mend.command(draw.code()),
  }
}

/** Parts that are right as they are, so that the parts to be mended are not simply all. */
function soundParts(count: number, draw: Draw): { readonly parts: Files; readonly checks: Files } {
  const parts: Record<string, string> = {}
  const checks: Record<string, string> = {}
  for (let part = 0; part < count; part++) {
    const title = draw.name()
    const [name, text] = [title.toLowerCase(), partText(newLines(title, draw))]
    parts[`parts/${name}.conf`] = text
    checks[`checks/${name}.txt`] = sealed(text, 'This part never failed.')
  }
  return { parts, checks }
}

function newLines(title: string, draw: Draw): Record<string, string> {
  const owner = draw.name()
  return {
    part: title,
    port: String(draw.whole(2000, 9999)),
    limit: String(draw.whole(10, 99)),
    records: String(draw.whole(10, 99)),
    gate: 'shut',
    owner,
    keeper: owner,
  }
}

function gateMend({ path, lines }: Part, { line, code }: Gate): Mend {
  return {
    says: `In ${path} the value of gate must be the gate code of the line ${line}.`,
    question: `The gate code of which line must stand in ${path}?`,
    answer: line,
    right: { ...lines, gate: code },
    command: (code) => `sed -i 's/^gate = .*/gate = ${code}/' ${path}`,
  }
}

function partText(lines: Readonly<Record<string, string>>): string {
  return Object.entries(lines)
    .map(([key, value]) => `${key} = ${value}\n`)
    .join('')
}

function sha256(text: string): Buffer {
  return hash('sha256', text, 'buffer')
}

/**
 * What a check file holds: the fingerprint of the key, and the message with a pad added byte by byte, modulo 256. The
 * key is the SHA-256 of the right part, so it can be had only by mending the part; the pad is the SHA-256 of the key
 * and how many hexadecimal digits of the pad come before.
 */
function sealed(right: string, message: string): string {
  const key = sha256(withoutEnds(right)).toString('hex')
  const bytes = Buffer.from(message, 'ascii')
  for (let block = 0; block * 32 < bytes.length; block++) {
    const pad = sha256(`${key}${block * 64}`)
    for (let at = block * 32; at < Math.min(bytes.length, block * 32 + 32); at++)
      bytes[at] = ((bytes[at] ?? 0) + (pad[at % 32] ?? 0)) % 256
  }
  return `${sha256(key).toString('hex')}\n${bytes.toString('hex')}\n`
}

/** Opens what {@link sealed} closes, with nothing more than a shell and sha256sum. */
const CHECK = `# bash check.sh NAME says whether the part NAME is right and, if it is, what to mend next.
part="parts/$1.conf"
sealed="checks/$1.txt"
if [ ! -f "$sealed" ]; then
  echo "There is no part $1."
  exit 2
fi
if [ ! -f "$part" ]; then
  echo "FAILED: $part does not exist."
  exit 1
fi
hash() { printf '%s' "$1" | sha256sum | cut -c 1-64; }
key=$(hash "$(tr -d '\\r' < "$part" | sed 's/[[:space:]]*$//')")
if [ "$(hash "$key")" != "$(sed -n 1p "$sealed")" ]; then
  echo "FAILED: $part is not right yet."
  exit 1
fi
echo "OK: $part is right."
message=$(sed -n 2p "$sealed")
pad=
while [ \${#pad} -lt \${#message} ]; do
  pad=$pad$(hash "$key\${#pad}")
done
awk -v m="$message" -v p="$pad" '
  function byte(hex, at) { return 16 * index(d, substr(hex, at, 1)) + index(d, substr(hex, at + 1, 1)) - 17 }
  BEGIN {
    d = "0123456789abcdef"
    for (i = 1; i < length(m); i += 2) printf "%c", (byte(m, i) - byte(p, i) + 256) % 256
    print ""
  }'
`

function instruction(message: string): string {
  return `Mend parts that fail their check, one after the other.

The parts are text files in the folder \`parts\`, with lines like \`limit = 44\`. The command \`bash check.sh NAME\`, for example \`bash check.sh example\` for \`parts/example.conf\`, says whether a part is right and, if it is, which part to mend next and how. Change nothing in a part but what is said; spaces at the end of lines do not count. What a check tells you to remember, another check will ask for later.

The last check said:

    ${message}

Begin with that. When a check says that it was the last part, submit.
`
}
