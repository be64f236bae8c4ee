/** How one of several groups looks in a figure: never by colour alone. */
export interface Look {
  /** At least 3:1 against white and against the dark page. */
  readonly colour: string
  /** `stroke-dasharray`; empty is a whole line. */
  readonly dash: string
  /** In the terminal. */
  readonly glyph: string
}

// From the colour-blind-safe palette of Okabe and Ito (2008), darkened where white would swallow it.
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#c0679b', '#8a7000', '#6f6fd8', '#7f7f7f']
const DASHES = ['', '7 3', '2 2', '9 3 2 3']
const GLYPHS = ['●', '○', '◆', '◇', '▲', '△', '■', '□']

/** The look of the group at a place in the legend; repeats only after 28 groups, glyphs after 8. */
export function lookOf(index: number): Look {
  return {
    colour: COLOURS[index % COLOURS.length] ?? '#7f7f7f',
    dash: DASHES[index % DASHES.length] ?? '',
    glyph: GLYPHS[index % GLYPHS.length] ?? '●',
  }
}

/** How a group's line is drawn. */
export function strokeOf(
  { colour, dash }: Pick<Look, 'colour' | 'dash'>,
  strokeWidth: number,
): {
  readonly stroke: string
  readonly strokeWidth: number
  readonly strokeDasharray?: string
} {
  return { stroke: colour, strokeWidth, ...(dash !== '' && { strokeDasharray: dash }) }
}

/** Groups that the terminal can tell apart. */
export const GLYPH_COUNT = 8
