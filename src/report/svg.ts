import type { PlotOptions, ScaleOptions } from '@observablehq/plot'
import { hashOf } from '../record/index.ts'
import { FIGURE_STYLE } from './figure-style.ts'
import type { Look } from './look.ts'
import { plain, shortened } from './plain.ts'

export interface LegendEntry extends Pick<Look, 'colour' | 'dash'> {
  readonly name: string
}

export interface Drawing {
  readonly title: string
  /** What the figure shows, for those who do not see it. */
  readonly description: string
  /** Unique in its page. Default: a hash of what is drawn. */
  readonly id?: string
  readonly width: number
  readonly height: number
  readonly legend?: readonly LegendEntry[]
  readonly plot: (plot: typeof import('@observablehq/plot')) => PlotOptions
}

/** What we need of an element of a figure, whichever document made it. */
interface Element {
  outerHTML: string
  textContent: string
  setAttribute: (name: string, value: string) => void
  append: (child: Element) => void
  insertBefore: (child: Element, before: unknown) => void
  readonly firstChild: unknown
  querySelectorAll: (selector: string) => Iterable<Element & { remove: () => void }>
}

interface Page {
  createElementNS: (space: string, name: string) => Element
}

const SVG = 'http://www.w3.org/2000/svg'
const LEGEND_ROW = 16

/** An upright axis, named beside its middle. */
export function uprightAxis(label: string, ticks: number, tickFormat: (value: number) => string): ScaleOptions {
  return { label: plain(label), labelAnchor: 'center', labelArrow: 'none', grid: true, ticks, tickFormat }
}

/**
 * Draws one SVG that stands alone: no script, no font, no address; text escaped; the same text for the same drawing.
 * Plot and its document are loaded when first needed, since most commands draw nothing.
 */
export async function draw(drawing: Drawing): Promise<string> {
  const [plot, { parseHTML }] = await Promise.all([import('@observablehq/plot'), import('linkedom')])
  // linkedom and Plot type what they give by the browser's own types, which only the page's compiler loads.
  const made: unknown = parseHTML('<!doctype html><html><body></body></html>').document
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  const document = made as Page
  const legend = drawing.legend ?? []
  const top = 10 + legend.length * LEGEND_ROW
  const options: PlotOptions = {
    ...drawing.plot(plot),
    ...({ document } as object),
    className: 'assay-figure',
    width: drawing.width,
    height: drawing.height + legend.length * LEGEND_ROW,
    marginTop: top + 14,
  }
  const drawn: unknown = plot.plot(options)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  const svg = drawn as Element
  for (const style of svg.querySelectorAll('style')) style.remove()
  const title = plain(drawing.title)
  const description = plain(drawing.description)
  const id = drawing.id ?? `figure-${hashOf({ title, description, svg: svg.outerHTML }).slice(0, 12)}`
  const text = (name: string, content: string, attributes: Readonly<Record<string, string>>): Element => {
    const element = document.createElementNS(SVG, name)
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
    element.textContent = content
    return element
  }
  svg.setAttribute('xmlns', SVG)
  svg.setAttribute('role', 'img')
  svg.setAttribute('aria-labelledby', `${id}-title ${id}-desc`)
  const first = svg.firstChild
  svg.insertBefore(text('title', title, { id: `${id}-title` }), first)
  svg.insertBefore(text('desc', description, { id: `${id}-desc` }), first)
  svg.insertBefore(text('style', FIGURE_STYLE, {}), first)
  for (const [row, { name, colour, dash }] of legend.entries()) {
    const y = String(10 + row * LEGEND_ROW)
    svg.append(
      text('line', '', {
        x1: '12',
        x2: '40',
        y1: y,
        y2: y,
        stroke: colour,
        'stroke-width': '2',
        ...(dash !== '' && { 'stroke-dasharray': dash }),
      }),
    )
    svg.append(text('text', shortened(plain(name), 90), { x: '46', y, dy: '0.32em', 'text-anchor': 'start' }))
  }
  return svg.outerHTML
}
