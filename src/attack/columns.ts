import { AssayError } from '../assay-error.ts'

// Columns of other people's tables are known by their letters and digits: case, spaces and marks count for nothing.

/** Digits and letters of other alphabets do count: `check2` is not `check`. */
export function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/**
 * The names as they are, for {@link csvRows}. Two columns of one name would hide each other: what the first one holds would
 * be lost unseen.
 */
export function namesIn(path: string, code: string): (names: readonly string[]) => string[] {
  return (names) => {
    const plain = names.map(plainName)
    const twin = names.find((name, index) => plain.indexOf(plainName(name)) !== index)
    if (twin === undefined) return [...names]
    throw new AssayError(
      code,
      `${path} has two columns named "${twin}": only one of them could count (case, spaces and marks are ignored). Rename one or take it out.`,
    )
  }
}
