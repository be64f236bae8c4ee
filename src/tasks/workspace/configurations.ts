import type { Fact, TaskFamily } from '../../world/index.ts'
import { drawFrom, type Draw } from './draw.ts'
import { defineFamily, reads, writes, type Draft, type Job } from './job.ts'
import { indented } from './text.ts'
import { wantedText } from './wanted.ts'

/**
 * Configuration files in an old format that become a new one in place, under rules of which the instruction states the
 * general ones and a file of rules, read once, the values: which zone a region becomes, which level a log level.
 *
 * Shortest: the rules must be read, each file must be read because its values stand nowhere else, and each must be
 * written: one act, and two for each file. Where one act is left over, one file is quoted in the instruction. A task of
 * one step has no file of rules and one quoted file to which none would apply.
 */
export const configurations: TaskFamily = defineFamily({
  name: 'configurations',
  about: 'Migrate configuration files to a new format under rules that are stated once, at the start.',
  shortest: {
    tools: ['list', 'read', 'write', 'edit'],
    why: 'the rules and the old values are nowhere else, one act reads or writes one file, and every file must be written',
    fewer: 'with bash two acts do: one prints the rules and a file or two, and one script migrates them all',
  },
  centsPerStep: 25,
  draft,
})

const RULES = 'RULES.txt'
/** More rules than this would not be stated, but looked up. */
const MOST_REGIONS = 12
const MOST_LEVELS = 5
const LEVELS = ['silent', 'terse', 'normal', 'chatty', 'verbose'] as const

interface Service {
  readonly number: number
  readonly name: string
  readonly token: string
  readonly port: number
  readonly seconds: number
  readonly gigabytes: number
  readonly region: Fact | undefined
  readonly level: Fact | undefined
  readonly levelName: string
  readonly regionName: string
}

function draft(steps: number, seed: string): Draft {
  const draw = drawFrom('configurations', steps, seed)
  const quotes = steps === 1 || steps % 2 === 0 ? 1 : 0
  const count = quotes + Math.floor((steps - 1) / 2)
  const regions = steps === 1 ? [] : Array.from({ length: Math.min(count, MOST_REGIONS) }, () => regionRule(draw))
  const levels =
    steps === 1
      ? []
      : draw
          .shuffled(LEVELS)
          .slice(0, Math.min(count, MOST_LEVELS))
          .map((name) => levelRule(name, draw))
  const services = Array.from({ length: count }, (_, place) => newService(place + 1, regions, levels, draw))
  const quoted = quotes === 1 ? services[0] : undefined
  const used = new Set(services.flatMap(({ region, level }) => [region, level]))
  const start: Job[] =
    steps === 1
      ? []
      : [
          {
            files: { [RULES]: rulesText(regions, levels) },
            facts: [...regions, ...levels].flatMap(({ fact }) => (used.has(fact) ? [fact] : [])),
            acts: [reads(RULES)],
            wanted: [],
          },
        ]
  const jobs = services.map((service) => migration(service, service === quoted, draw))
  return { instruction: instruction(count, steps > 1, quoted), jobs: [...start, ...jobs] }
}

interface Rule {
  readonly name: string
  readonly fact: Fact
}

function regionRule(draw: Draw): Rule {
  const [name, zone] = [draw.name(), draw.code()]
  return {
    name,
    fact: {
      id: `zone of ${name}`,
      text: `The region ${name} becomes the zone ${zone}.`,
      question: `Which zone does the region ${name} become?`,
      answer: zone,
    },
  }
}

function levelRule(name: string, draw: Draw): Rule {
  const level = String(draw.whole(100, 999))
  return {
    name,
    fact: {
      id: `level of ${name}`,
      text: `The log level ${name} becomes the log level ${level}.`,
      question: `Which log level does the log level ${name} become?`,
      answer: level,
    },
  }
}

function newService(number: number, regions: readonly Rule[], levels: readonly Rule[], draw: Draw): Service {
  const region = regions[draw.whole(0, regions.length - 1)]
  const level = levels[draw.whole(0, levels.length - 1)]
  return {
    number,
    name: draw.name(),
    token: draw.code(),
    port: draw.whole(2000, 9999),
    seconds: draw.whole(2, 99),
    gigabytes: draw.whole(1, 64),
    region: region?.fact,
    level: level?.fact,
    regionName: region?.name ?? draw.name(),
    levelName: level?.name ?? draw.pick(LEVELS),
  }
}

function pathOf({ number }: Service): string {
  return `services/service-${number}.conf`
}

function tokenText({ token }: Service): string {
  return `token = ${token}`
}

function oldText(service: Service): string {
  const { name, port, seconds, gigabytes, region, level, regionName, levelName } = service
  return [
    `# The service ${name}`,
    `name = ${name}`,
    tokenText(service),
    `port = ${port}`,
    `timeout = ${seconds}s`,
    `memory = ${gigabytes}g`,
    ...(region === undefined ? [] : [`region = ${regionName}`]),
    ...(level === undefined ? [] : [`log = ${levelName}`]),
    '',
  ].join('\n')
}

function newLines({ name, token, port, seconds, gigabytes, region, level }: Service): Record<string, string> {
  return {
    service: name,
    key: token,
    listen: `127.0.0.1:${port}`,
    timeout_ms: String(seconds * 1000),
    memory_mb: String(gigabytes * 1024),
    ...(region === undefined ? {} : { zone: region.answer }),
    ...(level === undefined ? {} : { log_level: level.answer }),
  }
}

/** What is written when a rule or the token is lost: the old words for the new, and a token that looks like one. */
function wrongLines(service: Service, quoted: boolean, draw: Draw): Record<string, string> {
  const { region, level, regionName, levelName } = service
  return {
    ...newLines(service),
    ...(quoted ? {} : { key: draw.code() }),
    ...(region === undefined ? {} : { zone: regionName }),
    ...(level === undefined ? {} : { log_level: levelName }),
  }
}

function migration(service: Service, quoted: boolean, draw: Draw): Job {
  const path = pathOf(service)
  const lines = newLines(service)
  const own: Fact = {
    id: `token of service ${service.number}`,
    text: tokenText(service),
    question: `Which token has the service ${service.name}?`,
    answer: service.token,
  }
  const facts = quoted ? [] : [own]
  const needs = [...facts, service.region, service.level].flatMap((fact) => (fact === undefined ? [] : [fact.id]))
  const write = writes(path, wantedText(lines), needs, wantedText(wrongLines(service, quoted, draw)))
  return {
    files: quoted ? {} : { [path]: oldText(service) },
    facts,
    acts: quoted ? [write] : [reads(path), write],
    wanted: [{ path, lines, beside: [] }],
  }
}

function rulesText(regions: readonly Rule[], levels: readonly Rule[]): string {
  return [
    'Rules for the migration',
    '',
    'Every service moves from a region to a zone.',
    ...regions.map(({ fact }) => fact.text),
    '',
    'Log levels are numbers now.',
    ...levels.map(({ fact }) => fact.text),
    '',
  ].join('\n')
}

function instruction(count: number, rules: boolean, quoted: Service | undefined): string {
  const missing =
    quoted === undefined
      ? ''
      : `\nThe old file of service ${quoted.number} was not handed over. It reads:\n\n${indented(oldText(quoted))}\n\nWrite its new file all the same.\n`
  return `Migrate the configuration of ${count === 1 ? 'one service' : `${count} services`} to the new format.

${count === 1 ? 'The file is `services/service-1.conf`.' : `The files are \`services/service-1.conf\` to \`services/service-${count}.conf\`.`} Replace each old file by a new one of the same name.${rules ? ` Which zone a region becomes and which number a log level becomes is said in \`${RULES}\`.` : ''}
${missing}
A new file has exactly these lines, in any order, no comments, and nothing else:

    service: <the old name>
    key: <the old token>
    listen: 127.0.0.1:<the old port>
    timeout_ms: <the old timeout in milliseconds; the old one is in seconds>
    memory_mb: <the old memory in megabytes; the old one is in gigabytes, of 1024 megabytes each>${rules ? '\n    zone: <the zone that the old region becomes>\n    log_level: <the number that the old log level becomes>' : ''}

When every service has its new file, submit.
`
}
