import type { Fact, SolutionAct, TaskFamily } from '../../world/index.ts'
import { drawFrom, lookBack, shares, type Draw } from './draw.ts'
import { defineFamily, reads, writes, type Draft, type Job } from './job.ts'
import { indented, two } from './text.ts'
import { wantedText } from './wanted.ts'

/**
 * Incidents, each a request that failed because another failed, and so on through the logs of one service after the
 * other to the fault that began it. Clocks of some hosts are wrong, as a note in an earlier log says.
 *
 * Shortest: which service and which request come next stands only in the log before, so each log on the way must be
 * read; a ticket names where its trace begins, and each report is a file of its own. The first ticket is quoted in the
 * instruction together with the first log, so that its incident may take any number of acts from 1.
 */
export const logs: TaskFamily = defineFamily({
  name: 'logs',
  about:
    'Trace failed requests from service to service through their logs to the fault that began it, and report each.',
  shortest: {
    tools: ['list', 'read', 'write', 'edit'],
    why: 'each service and request is named only in the log before it among as many others that failed, one act reads one log, and each report is a file of its own',
    fewer:
      'with search or bash two acts do: one prints all errors, as far as the longest output and the context reach, and one command writes all reports',
  },
  centsPerStep: 35,
  draft,
})

/** A log as a trace sees it: the entry that matters, and the one beside it that another request made. */
interface Log {
  readonly service: string
  readonly host: string
  readonly request: string
  /** Time of day of the entry, in seconds. */
  readonly at: number
  readonly stray: { readonly service: string; readonly request: string; readonly after: string }
}

interface Incident {
  readonly number: number
  /** From the service that the ticket names to the one with the fault. */
  readonly logs: readonly [Log, ...Log[]]
  readonly fault: string
  /** A host whose clock is wrong by so many minutes, which later incidents may have to know. */
  readonly clock: Clock
}

interface Clock {
  readonly host: string
  /** Above 0 where the clock is fast. */
  readonly minutes: number
}

/** Acts of an incident that is not the first: its ticket, at least one log, its report. */
const FEWEST_ACTS = 3
const USUAL_ACTS = 6
const FAULTS = ['disk full', 'certificate expired', 'no file handles left', 'lock never released'] as const
const USUAL = ['order taken', 'stock asked', 'price sent', 'session opened', 'session closed', 'mail queued'] as const
const HOUR = 3600

function draft(steps: number, seed: string): Draft {
  const draw = drawFrom('logs', steps, seed)
  const count = Math.max(1, Math.floor(steps / USUAL_ACTS))
  // Later incidents learn from logs of the first that are read, not quoted: it takes 2 acts then.
  const least = Array.from({ length: count }, (_, place) => (place > 0 ? FEWEST_ACTS : count > 1 ? 2 : 1))
  const spare = shares(draw, steps - least.reduce((sum, acts) => sum + acts, 0) + count, count)
  const acts = least.map((few, place) => few + (spare[place] ?? 1) - 1)
  const earlier = lookBack(draw, count)
  const needed = new Set(earlier)
  const clocks = acts.map((): Clock => ({ host: draw.name(), minutes: draw.pick([-1, 1]) * draw.whole(2, 40) }))
  const clockOf = (place: number | undefined): Clock | undefined => (place === undefined ? undefined : clocks[place])
  const incidents = acts.map((many, place): Incident => {
    const length = place === 0 ? many : many - 2
    const host = clockOf(earlier[place])?.host
    const logs = Array.from({ length: length - 1 }, () => newLog(undefined, draw))
    const [first, ...rest] = [...logs, newLog(host, draw)]
    return {
      number: place + 1,
      logs: [first ?? newLog(host, draw), ...rest],
      fault: draw.code(),
      clock: clocks[place] ?? { host: draw.name(), minutes: 2 },
    }
  })
  const [first] = incidents
  const quoted = first === undefined ? '' : `${ticketText(first)}\n\n${logText(first, 0, false, draw)}`
  const jobs = incidents.map((incident, place) => trace(incident, clockOf(earlier[place]), needed.has(place), draw))
  return { instruction: instruction(count, quoted), jobs, only: ['reports'] }
}

function newLog(host: string | undefined, draw: Draw): Log {
  return {
    service: draw.name(),
    host: host ?? draw.name(),
    request: draw.code(),
    at: draw.whole(2 * HOUR, 22 * HOUR),
    stray: { service: draw.name(), request: draw.code(), after: draw.code() },
  }
}

function trace(incident: Incident, clock: Clock | undefined, tells: boolean, draw: Draw): Job {
  const { number, logs } = incident
  const files: Record<string, string> = {}
  const facts: Fact[] = []
  const acts: SolutionAct[] = []
  const quoted = number === 1
  const told = draw.whole(quoted ? 1 : 0, logs.length - 1)
  let known = quoted ? undefined : ticketFact(incident)
  if (known !== undefined) {
    const path = `tickets/incident-${number}.txt`
    files[path] = `${ticketText(incident)}\n`
    facts.push(known)
    acts.push(reads(path))
  }
  logs.forEach((log, place) => {
    const [before, next] = [logs[place - 1], logs[place + 1]]
    files[pathOf(log.stray.service)] = strayText(log, draw)
    if (quoted && place === 0) return
    const path = pathOf(log.service)
    files[path] = logText(incident, place, tells && place === told, draw)
    acts.push({
      ...reads(path),
      ...(known === undefined ? {} : { needs: [known.id], forgotten: { path: pathOf((before ?? log).stray.service) } }),
    })
    known = next === undefined ? faultFact(incident, log) : linkFact(log, next)
    facts.push(known)
    if (tells && place === told) facts.push(clockFact(incident.clock))
  })
  const path = `reports/incident-${number}.txt`
  const lines = report(incident, clock)
  const needs = [...(known === undefined ? [] : [known.id]), ...(clock === undefined ? [] : [clockFact(clock).id])]
  acts.push(writes(path, wantedText(lines), needs, wantedText(wrongReport(incident, clock))))
  return { files, facts, acts, wanted: [{ path, lines }] }
}

function pathOf(service: string): string {
  return `logs/${service.toLowerCase()}.log`
}

function timeText(at: number): string {
  return `${two(Math.floor(at / HOUR))}:${two(Math.floor((at % HOUR) / 60))}:${two(at % 60)}`
}

function ticketText({ number, logs: [log] }: Incident): string {
  return `Incident ${number}: the request ${log.request} to the service ${log.service} failed.`
}

function ticketFact(incident: Incident): Fact {
  const [log] = incident.logs
  return {
    id: `ticket ${incident.number}`,
    text: ticketText(incident),
    question: `Which request failed in incident ${incident.number}?`,
    answer: log.request,
  }
}

function linkText(at: number, request: string, service: string, after: string): string {
  return `${timeText(at)} ${request} ERROR gave up, ${service} did not answer ${after}`
}

function linkFact(log: Log, next: Log): Fact {
  return {
    id: `after ${log.request}`,
    text: linkText(log.at, log.request, next.service, next.request),
    question: `For which request to another service did ${log.request} wait?`,
    answer: next.request,
  }
}

function faultText(log: Log, fault: string): string {
  return `${timeText(log.at)} ${log.request} ERROR ${FAULTS[log.at % FAULTS.length] ?? ''}, fault ${fault}`
}

function faultFact({ fault }: Incident, log: Log): Fact {
  return {
    id: `fault of ${log.request}`,
    text: faultText(log, fault),
    question: `Which fault made the request ${log.request} fail?`,
    answer: fault,
  }
}

function clockFact({ host, minutes }: Clock): Fact {
  const wrong = `${Math.abs(minutes)} minutes ${minutes > 0 ? 'fast' : 'slow'}`
  return {
    id: `clock of ${host}`,
    text: `NOTE the clock of the host ${host} is ${wrong}`,
    question: `How wrong is the clock of the host ${host}?`,
    answer: wrong,
  }
}

function logText(incident: Incident, place: number, tells: boolean, draw: Draw): string {
  const log = incident.logs[place] ?? incident.logs[0]
  const next = incident.logs[place + 1]
  const { service, request, after } = log.stray
  const matters = next === undefined ? faultText(log, incident.fault) : linkFact(log, next).text
  const beside = linkText(draw.whole(2 * HOUR, 22 * HOUR), request, service, after)
  const note = tells ? [`${timeText(draw.whole(0, HOUR))} ${clockFact(incident.clock).text}`] : []
  return logOf(log, [matters, beside, ...note], draw)
}

/** The log that another request's failure leads to, in which that failure ends. */
function strayText({ stray }: Log, draw: Draw): string {
  const at = draw.whole(2 * HOUR, 22 * HOUR)
  const log: Log = { ...newLog(undefined, draw), service: stray.service, request: stray.after, at }
  return logOf(log, [faultText(log, draw.code())], draw)
}

function logOf({ service, host }: Log, lines: readonly string[], draw: Draw): string {
  const usual = Array.from(
    { length: draw.whole(4, 7) },
    () => `${timeText(draw.whole(2 * HOUR, 22 * HOUR))} ${draw.code()} INFO ${draw.pick(USUAL)}`,
  )
  return [`# log of the service ${service} on the host ${host}`, ...[...usual, ...lines].toSorted(), ''].join('\n')
}

function report({ logs, fault }: Incident, clock: Clock | undefined): Record<string, string> {
  const log = logs.at(-1) ?? logs[0]
  return { service: log.service, request: log.request, fault, time: timeText(log.at - (clock?.minutes ?? 0) * 60) }
}

/** Somebody who lost the thread reports the service and the request of the failure beside it, by the log's own clock. */
function wrongReport({ logs }: Incident, clock: Clock | undefined): Record<string, string> {
  const log = logs.at(-1) ?? logs[0]
  const { service, request, after } = log.stray
  return { service, request, fault: after, time: timeText(clock === undefined ? log.at - 1 : log.at) }
}

function instruction(count: number, quoted: string): string {
  const tickets =
    count === 1
      ? ''
      : count === 2
        ? ' The ticket of incident 2 is `tickets/incident-2.txt`.'
        : ` The tickets of incidents 2 to ${count} are \`tickets/incident-2.txt\` to \`tickets/incident-${count}.txt\`.`
  return `Find the fault behind ${count === 1 ? 'an incident' : `each of ${count} incidents`}.

A ticket names a request that failed, and the service to which it went. The log of a service, for example of Example, is \`logs/example.log\` (small letters). In it, the entry of a request that failed says either which fault made it fail, or which other service did not answer which request of its own; then that request is to be looked up in the log of that service, and so on, until an entry says which fault there was. Other requests failed too, for other reasons. Requests wait in queues, sometimes over night, so entries that belong together may be hours apart.

Of incident 1 the ticket and the log of the service that it names are only here:

${indented(quoted)}
${tickets === '' ? '' : `\n${tickets.trim()}\n`}
For each incident write a file \`reports/incident-<number>.txt\` with these lines:

    service: <the service in whose log the fault stands>
    request: <the request in the entry with the fault>
    fault: <the fault, like QK-48213>
    time: <the right time of that entry, as hours:minutes:seconds with two digits each>

The first line of a log names the host on which it was written. A note in a log that you read for an incident with a lower number may say that the clock of this host is fast or slow; correct the time by that. Other clocks are right.

Write no other reports. When there is a report for every incident, submit.
`
}
