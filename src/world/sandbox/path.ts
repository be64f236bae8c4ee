import { WORKSPACE, type Answer } from './sandbox.ts'

/** What a kernel opens, less the way to the workspace's folder. */
const LONGEST = 3500

/**
 * A path as an agent gives it, as a path relative to the workspace ('' for the workspace itself). What leads out of it is
 * refused; links are not looked at here.
 */
export function inWorkspace(given: string): Answer<string> {
  const path = given.toWellFormed()
  if (path.includes('\0')) return { type: 'refused', why: 'A path cannot hold a zero character.' }
  if (path.length > LONGEST)
    return { type: 'refused', why: `The path is ${path.length} characters long; at most ${LONGEST} can be opened.` }
  const parts: string[] = []
  const absolute = path.startsWith('/')
  for (const part of (absolute ? path.slice(1) : `${WORKSPACE.slice(1)}/${path}`).split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  const [first, ...rest] = parts
  return first === WORKSPACE.slice(1)
    ? { type: 'ok', value: rest.join('/') }
    : { type: 'refused', why: `${path} is outside the workspace.` }
}
