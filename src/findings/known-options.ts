import { AssayError, didYouMean } from '../assay-error.ts'

/** Options of an analysis are refused where it reads no such name: the compiler does so too, where there is one. @throws AssayError `study/broken` */
export function knownOptions(analysis: string, options: object, names: readonly string[]): void {
  const unknown = Object.keys(options).find((name) => !names.includes(name))
  if (unknown === undefined) return
  throw new AssayError(
    'study/broken',
    `The finding ${analysis} has the option "${unknown}", which is not there.${didYouMean(unknown, names)} Options: ${names.join(', ')}.`,
  )
}
