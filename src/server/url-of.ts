import type { Address, Given } from './routes.ts'

// Pure and without imports from other rooms: the page asks with this code too.

/** An address of the API with the names of its path put in their places, and the others behind it as a query, in the order given. */
export function urlOf<A extends Address>(address: A, given: Given<A>): string {
  const query = new Map<string, string>(Object.entries(given))
  const path = address.replaceAll(/:(\w+)/g, (_, name: string) => {
    const value = query.get(name) ?? ''
    query.delete(name)
    return encodeURIComponent(value)
  })
  const search = new URLSearchParams([...query]).toString()
  return `${path}${search === '' ? '' : `?${search}`}`
}

/** What an exported copy calls an answer. The page asks by the same rule. */
export function nameOf<A extends Address>(address: A, given: Given<A>): string {
  return urlOf(address, given).slice('/api/'.length)
}
