import { AssayError } from '../../assay-error.ts'

/** A fault without a place: whoever reads the table knows file and line. */
export function fault(what: string): AssayError {
  return new AssayError('grade/check', what)
}

/** A fault's sentence as it goes on after a place: `q.csv, line 3: there is no check "numer".` */
export function withinLine(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1)
}
