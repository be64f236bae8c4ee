import { Parser } from 'htmlparser2'
import { AssayError } from '../../assay-error.ts'
import { MOST_TEXT, tooLong, type Heading, type SourceText } from './source-text.ts'

/** Elements whose text nobody reads. */
const UNREAD: ReadonlySet<string> = new Set(
  'script style noscript template svg math iframe object select textarea button nav'.split(' '),
)
/** Elements that begin and end a paragraph. */
const BLOCKS: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote body dd details div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html li ' +
    'main ol p pre section summary table tbody td tfoot th thead tr ul title'
  ).split(' '),
)
/** Elements without content: they close nothing. */
const VOID: ReadonlySet<string> = new Set('area base br col embed hr img input link meta source track wbr'.split(' '))

/** Words and blanks of a heading that are taken for its name. */
const LONGEST_HEADING = 60

/** The parser looks through all open elements for every one that is closed. */
const DEEPEST = 1000

/** What a page says to who reads it: paragraphs with a blank line between, no markup, nothing that is hidden. */
export type HtmlText = Omit<SourceText, 'kind' | 'hash'>

/**
 * Takes the text out of a page, in one pass and without a tree.
 *
 * @param most characters of text that are taken; a page of more is refused as soon as that shows
 * @throws AssayError `brief/bad-source` when elements are nested past 1,000 deep, or the text is longer than `most`
 */
export function htmlText(html: string, most: number = MOST_TEXT): HtmlText {
  const parts: string[] = []
  const headings: Heading[] = []
  const open: { readonly name: string; readonly hidden: boolean }[] = []
  let hidden = 0
  let length = 0
  let title: string | undefined
  let heading: { readonly at: number; readonly from: number } | undefined
  /** What stands between the last words and the next. */
  let gap = ''

  const widen = (wider: string): void => {
    if (length > 0 && wider.length > gap.length) gap = wider
  }
  const add = (text: string): void => {
    parts.push(text)
    length += text.length
    if (length > most) throw tooLong(most)
  }
  const say = (text: string): void => {
    for (const [word] of text.matchAll(/\s+|\S+/g)) {
      if (/^\s/.test(word)) widen(' ')
      else {
        if (gap !== '') add(gap)
        gap = ''
        add(word)
      }
    }
  }
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (VOID.has(name)) {
          if (name === 'br' || name === 'hr') widen('\n')
          return
        }
        if (open.length >= DEEPEST)
          throw new AssayError(
            'brief/bad-source',
            `its elements are nested more than ${DEEPEST} deep. Save the page as text and draft from that.`,
          )
        const unseen = UNREAD.has(name) || isHidden(attributes)
        open.push({ name, hidden: unseen })
        if (unseen) hidden++
        if (BLOCKS.has(name)) widen('\n\n')
        if (/^h[1-6]$/.test(name) && hidden === 0) heading = { at: length + gap.length, from: parts.length }
      },
      ontext(text) {
        if (open.at(-1)?.name === 'title') title = `${title ?? ''}${text}`
        else if (hidden === 0) say(text)
      },
      onclosetag(name) {
        if (VOID.has(name)) return
        const closed = open.pop()
        if (closed?.hidden === true) hidden--
        if (/^h[1-6]$/.test(name) && heading !== undefined) {
          const said = parts
            .slice(heading.from, heading.from + LONGEST_HEADING)
            .join('')
            .replaceAll(/\s+/g, ' ')
            .trim()
          if (said !== '') headings.push({ at: heading.at, to: length, title: said })
          heading = undefined
        }
        if (BLOCKS.has(name)) widen('\n\n')
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  )
  parser.end(html)
  const named = title?.replaceAll(/\s+/g, ' ').trim()
  return { text: parts.join(''), headings, ...(named !== undefined && named !== '' && { title: named }) }
}

function isHidden(attributes: Readonly<Record<string, string>>): boolean {
  return (
    attributes['hidden'] !== undefined ||
    attributes['aria-hidden'] === 'true' ||
    /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|em|pt)?\s*(?:;|$)/i.test(
      attributes['style'] ?? '',
    )
  )
}
