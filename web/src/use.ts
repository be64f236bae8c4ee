import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { LiveMessage } from '../../src/server/api.ts'
import type { Answer, Given, JsonAddress } from '../../src/server/routes.ts'
import { urlOf } from '../../src/server/url-of.ts'
import { get, live } from './api.ts'
import { parseRoute, type Route } from './route.ts'

/** What was asked for: still coming, there, or refused. While something newer comes, the old stands. */
export interface Asked<T> {
  readonly data?: T
  readonly failure?: string
  readonly isLoading: boolean
  readonly again: () => void
}

/**
 * @param given the names of the path and of the query; undefined asks for nothing
 * @param stamp asks again when it changes
 */
export function useAsked<A extends JsonAddress>(address: A, given: Given<A> | undefined, stamp = ''): Asked<Answer<A>> {
  const [state, setState] = useState<{ key: string; data?: Answer<A>; failure?: string; isLoading: boolean }>({
    key: '',
    isLoading: true,
  })
  const [turn, setTurn] = useState(0)
  const key = given === undefined ? '' : urlOf(address, given)
  useEffect(() => {
    if (given === undefined) return
    const stop = new AbortController()
    setState((old) => ({ ...(old.key.split('?')[0] === key.split('?')[0] && old), key, isLoading: true }))
    const read = async (): Promise<void> => {
      try {
        const data = await get(address, given, stop.signal)
        if (!stop.signal.aborted) setState({ key, data, isLoading: false })
      } catch (cause) {
        if (stop.signal.aborted) return
        setState({ key, failure: cause instanceof Error ? cause.message : 'It could not be read.', isLoading: false })
      }
    }
    void read()
    return () => stop.abort()
    // `key` holds address, path and query.
  }, [key, turn, stamp])
  const again = useCallback(() => setTurn((old) => old + 1), [])
  return { ...state, again }
}

/** Hears of changes of a run, a trial or the list of runs while the view stands. */
export function useLive(subject: Given<'/api/live'>, hear: (message: LiveMessage | undefined) => void): void {
  const latest = useRef(hear)
  latest.current = hear
  useEffect(() => live(subject, (message) => latest.current(message)), [JSON.stringify(subject)])
}

/**
 * Does something now, or, where that was done a moment ago, when the pause is over: however often it is asked for, the
 * last one is never forgotten.
 *
 * @param pause milliseconds
 */
export function useAtMostEvery(pause: number, act: () => void): () => void {
  const latest = useRef(act)
  latest.current = act
  const state = useRef<{ last: number; timer?: ReturnType<typeof setTimeout> | undefined }>({ last: -Infinity })
  useEffect(() => () => clearTimeout(state.current.timer), [])
  return useCallback(() => {
    const held = state.current
    if (held.timer !== undefined) return
    const due = Math.max(0, held.last + pause - performance.now())
    held.timer = setTimeout(() => {
      held.timer = undefined
      held.last = performance.now()
      latest.current()
    }, due)
  }, [pause])
}

/** Names the page in the browser's window, its tabs and its history. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? 'Assay' : `${title} · Assay`
  }, [title])
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(
    (changed) => {
      window.addEventListener('hashchange', changed)
      return () => window.removeEventListener('hashchange', changed)
    },
    () => window.location.hash,
  )
  return parseRoute(hash)
}

export interface Keys {
  readonly [key: string]: () => void
}

/** Keys of a view; a field that is typed into keeps its letters. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const { target } = event
      const isTyping =
        target instanceof HTMLInputElement ||
        target instanceof HTMLSelectElement ||
        target instanceof HTMLTextAreaElement
      if (isTyping && event.key !== 'Escape') return
      const act = latest.current[event.key]
      if (act === undefined) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [])
}
