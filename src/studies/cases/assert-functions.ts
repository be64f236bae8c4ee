import { AssayError } from '../../assay-error.ts'
import { brokenText, givenOf, type CheckFunctions } from './asked-check.ts'
import type { Case } from './case.ts'
import { madeCase } from './made-case.ts'

/**
 * Calls every function that cases name with an answer that must pass, before anything is run.
 *
 * @throws AssayError `cases/function` by line: the file or the function is not there, it breaks, or refuses the answer
 */
export async function assertFunctions(cases: readonly Case[], functions: CheckFunctions): Promise<void> {
  for (const each of cases) {
    const { asked, known } = madeCase(each)
    for (const check of asked) {
      if (check.type === 'judge') continue
      const wrong = (what: string): AssayError => new AssayError('cases/function', `${each.place ?? each.id}: ${what}`)
      const said = await functions.call(
        check.file,
        check.export,
        givenOf(check, each, each.prompt, known ?? each.expected),
      )
      if (said.type === 'broken') throw wrong(brokenText(check, said.why))
      if (known !== undefined && said.pass === check.not)
        throw wrong(
          each.answer === undefined
            ? `expected does not pass ${check.name}. Add a column answer with one that does, or correct the function.`
            : `the answer "${known.slice(0, 60)}" does not pass ${check.name}. Correct one of them.`,
        )
    }
  }
}
