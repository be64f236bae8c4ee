import { existsSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'
import { isObject } from '../record/index.ts'
import { AssayError, reasonOf } from '../assay-error.ts'

/** The default export of a user's file, loaded as {@link moduleOf} does. */
export async function defaultOf(file: string, broken: (why: string, cause: unknown) => AssayError): Promise<unknown> {
  return (await moduleOf(file, broken))['default']
}

/**
 * What a user's file exports. `import … from 'assay'` in it means this very Assay, wherever the file lies, so
 * that a study runs on what loaded it.
 *
 * @param broken makes the error that says why the file does not load
 */
export async function moduleOf(
  file: string,
  broken: (why: string, cause: unknown) => AssayError,
): Promise<Readonly<Record<string, unknown>>> {
  const own = ownEntries()
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const url = own.get(specifier)
      return url === undefined ? next(specifier, context) : { url, shortCircuit: true }
    },
    // Studies and configs are modules, whatever the package.json beside them says of .js files.
    load: (url, context, next) =>
      next(url, isUsersTypeScript(url) ? { ...context, format: 'module-typescript' } : context),
  })
  try {
    const module: unknown = await import(pathToFileURL(file).href)
    return isObject(module) ? module : {}
  } catch (cause) {
    throw broken(importText(reasonOf(cause)), cause)
  } finally {
    hooks.deregister()
  }
}

/** A name that a module does not have, in our words. */
function importText(reason: string): string {
  const [, from, name] = /^The requested module '(.+?)' does not provide an export named '(.+?)'/.exec(reason) ?? []
  return name === undefined ? reason : `it imports ${name} from '${from}', which has no such name; correct the import.`
}

function isUsersTypeScript(url: string): boolean {
  return url.startsWith('file:') && url.endsWith('.ts') && !url.includes('/node_modules/')
}

function ownEntries(): ReadonlyMap<string, string> {
  return new Map(
    [
      ['assay', '../index'],
      ['assay/stats', '../stats/index'],
      ['assay/testing', '../testing/index'],
    ].map(([name = '', entry = '']) => {
      const source = new URL(`${entry}.ts`, import.meta.url)
      return [name, existsSync(source) ? source.href : new URL(`${entry}.js`, import.meta.url).href]
    }),
  )
}
