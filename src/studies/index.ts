import type { Study } from '../study/index.ts'

const loaders: Readonly<Record<string, () => Promise<Study>>> = {
  awareness: async () => (await import('./awareness/index.ts')).awareness,
  breach: async () => (await import('./breach/index.ts')).breach,
  layers: async () => (await import('./layers/index.ts')).layers,
  earnings: async () => (await import('./earnings/index.ts')).earnings,
  horizon: async () => (await import('./horizon/index.ts')).horizon,
  introspection: async () => (await import('./introspection/index.ts')).introspection,
  steering: async () => (await import('./steering/index.ts')).steering,
  monitoring: async () => (await import('./monitoring/index.ts')).monitoring,
  vending: async () => (await import('./vending/index.ts')).vending,
}

/** Names of the studies that ship with Assay. */
export const builtIn: readonly string[] = Object.keys(loaders)

/** A built-in study, loaded when it is asked for; undefined for any other name. */
export async function loadBuiltIn(name: string): Promise<Study | undefined> {
  return Object.hasOwn(loaders, name) ? loaders[name]?.() : undefined
}
