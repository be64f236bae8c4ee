import type { ReactElement } from 'react'
import type { CellValue } from '../../../src/server/api.ts'
import { csv } from '../../../src/exchange/csv.ts'

/** Hands a file to the reader, made here: nothing leaves the machine. */
export function saveFile(name: string, type: string, content: string | Blob): void {
  const link = document.createElement('a')
  const url = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type }) : content)
  link.href = url
  link.download = name
  link.click()
  // Not at once: the browser reads it behind the click.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

export function fileName(...parts: readonly string[]): string {
  return parts
    .join('-')
    .replaceAll(/[^\w.-]+/g, '-')
    .slice(0, 120)
}

interface CsvProps {
  readonly name: string
  readonly head: readonly string[]
  readonly rows: () => readonly (readonly CellValue[])[]
}

/** Saves a table that stands on the page. */
export function SaveCsv({ name, head, rows }: CsvProps): ReactElement {
  return (
    <button
      type="button"
      className="link save"
      onClick={() => saveFile(`${fileName(name)}.csv`, 'text/csv', csv(head, rows()))}
      aria-label={`${name} as CSV`}
    >
      CSV
    </button>
  )
}

/** An image as PNG, twice its size, for print. */
export async function savePng(url: string, name: string): Promise<void> {
  const image = new Image()
  image.src = url
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = image.naturalWidth * 2
  canvas.height = image.naturalHeight * 2
  const context = canvas.getContext('2d')
  if (context === null) return
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(image, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (blob !== null) saveFile(`${name}.png`, 'image/png', blob)
}
