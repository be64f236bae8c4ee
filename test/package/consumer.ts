import fs from 'node:fs'
import path from 'node:path'

/** A name that a door gives, and where it takes it from. */
interface Given {
  readonly name: string
  readonly type: boolean
  /** Its name where it is declared, and the file that it comes from; none where it is declared in the door itself. */
  readonly from?: { readonly name: string; readonly file: string }
}

/** What declarations export: lists of names, and declarations of their own. No stars: they would hide what is given. */
function exportsOf(file: string): readonly Given[] {
  const text = fs.readFileSync(file, 'utf8')
  if (/^export \*/m.test(text)) throw new Error(`${file} exports a star`)
  const listed = [...text.matchAll(/^export (type )?\{([^}]*)\}(?: from '([^']+)')?/gm)].flatMap(
    ([, type, list = '', from]) =>
      list
        .split(',')
        .map((each) => each.trim())
        .filter((each) => each !== '')
        .map((each): Given => {
          const [own = '', name = own] = each.replace(/^type /, '').split(' as ')
          const source = from && path.resolve(path.dirname(file), from.replace(/\.[jt]s$/, '.d.ts'))
          return {
            name,
            type: type !== undefined || each.startsWith('type '),
            ...(source !== undefined && { from: { name: own, file: source } }),
          }
        }),
  )
  const declared = [...text.matchAll(/^export (?:declare )?(function|const|class|interface|type) (\w+)/gm)].map(
    ([, kind = '', name = '']): Given => ({ name, type: kind === 'interface' || kind === 'type' }),
  )
  return [...listed, ...declared]
}

/** Names of what a door gives at run time, by its declarations. */
export function valuesOf(file: string): ReadonlySet<string> {
  return new Set(exportsOf(file).flatMap(({ name, type }) => (type ? [] : [name])))
}

/** How many type arguments a type needs; 0 where it takes none, or has a default for each. */
function argumentsOf(file: string, name: string): number {
  const from = exportsOf(file).find((each) => each.name === name)?.from
  if (from !== undefined) return argumentsOf(from.file, from.name)
  const declared = new RegExp(`(?:interface|type|class) ${name}<(.+?)>(?= [{=]| extends)`, 's')
  let list = declared.exec(fs.readFileSync(file, 'utf8'))?.[1] ?? ''
  // Commas inside other brackets divide nothing.
  while (/<[^<>]*>|\{[^{}]*\}|\[[^[\]]*\]/.test(list)) list = list.replaceAll(/<[^<>]*>|\{[^{}]*\}|\[[^[\]]*\]/g, '')
  return list === '' ? 0 : list.split(',').filter((each) => !each.includes(' =')).length
}

/**
 * A program that lays open all that a door of the package gives: each function's parameters and result, and each type's
 * members, are inferred anew and exported, so that the compiler must write them into its declarations. It cannot where
 * they name a type that is not exported (TS2883, TS4023). What it can name is exported, so it is laid open in its turn.
 *
 * @param door `assay`, `assay/stats`
 * @param file the door's declarations
 */
export function consumerOf(door: string, file: string): string {
  return [
    `import * as door from '${door}'`,
    'declare function opened<A extends readonly unknown[], R>(of: (...given: A) => R): (...given: A) => R',
    'declare function opened<T>(of: T): { [K in keyof T]: T[K] }',
    'declare function some<T>(): T',
    ...exportsOf(file).map(({ name, type }) => {
      if (!type) return `export const value_${name} = opened(door.${name})`
      const needed = Array.from({ length: argumentsOf(file, name) }, () => 'any').join(', ')
      return `export const type_${name} = opened(some<door.${name}${needed && `<${needed}>`}>())`
    }),
    '',
  ].join('\n')
}
