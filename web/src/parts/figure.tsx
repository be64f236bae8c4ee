import { useEffect, useState, type ReactElement } from 'react'
import type { Given } from '../../../src/server/routes.ts'
import { urlOf } from '../../../src/server/url-of.ts'
import { isExport, textAt } from '../api.ts'
import { savePng } from './save.tsx'

type FigureAddress =
  | '/api/runs/:run/figures/series/:number'
  | '/api/runs/:run/figures/quantity'
  | '/api/briefs/:brief/claims/:claim/figure'

interface FigureProps<A extends FigureAddress> {
  readonly address: A
  readonly given: Given<A>
  readonly title: string
  readonly name: string
  /** Changes when the figure must be drawn anew. */
  readonly stamp?: string
}

/**
 * A figure as the server drew it. It stands in an image, where no script of it could run, and takes the colours of the
 * page; it can be saved as SVG and PNG.
 */
export function Figure<A extends FigureAddress>({ address, given, title, name, stamp }: FigureProps<A>): ReactElement {
  const url = useImage(address, given, stamp)
  const [failed, setFailed] = useState<string>()
  return (
    <figure>
      {failed !== undefined && failed === url ? (
        <p className="quiet">This figure could not be drawn.</p>
      ) : (
        url !== undefined && <img src={url} alt={title} onError={() => setFailed(url)} />
      )}
      <figcaption>
        {title}{' '}
        {url !== undefined && failed !== url && (
          <span className="save">
            <a href={url} download={`${name}.svg`} aria-label={`${title} as SVG`}>
              SVG
            </a>{' '}
            <button
              type="button"
              className="link"
              onClick={() => void saveLight(address, given, name)}
              aria-label={`${title} as PNG`}
            >
              PNG
            </button>
          </span>
        )}
      </figcaption>
    </figure>
  )
}

/** On white paper, whatever the theme of the page is. */
async function saveLight<A extends FigureAddress>(address: A, given: Given<A>, name: string): Promise<void> {
  const text = await textAt(address, given)
  const light = text.replaceAll(/@media\s*\(prefers-color-scheme:\s*dark\)/g, '@media not all')
  await savePng(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(light)}`, name)
}

function useImage<A extends FigureAddress>(address: A, given: Given<A>, stamp?: string): string | undefined {
  const live = isExport ? undefined : urlOf(address, { ...given, ...(stamp !== undefined && { stamp }) })
  const [held, setHeld] = useState<string>()
  const key = urlOf(address, given)
  useEffect(() => {
    if (!isExport) return
    let url: string | undefined
    let isGone = false
    const read = async (): Promise<void> => {
      const text = await textAt(address, given)
      if (isGone) return
      url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }))
      setHeld(url)
    }
    read().catch(() => undefined)
    return () => {
      isGone = true
      if (url !== undefined) URL.revokeObjectURL(url)
    }
  }, [key])
  return live ?? held
}
