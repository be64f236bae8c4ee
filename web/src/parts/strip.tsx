import type { ReactElement } from 'react'
import { Mark, useLook } from './agent.tsx'

/** An axis with the texts of its ticks, as the server makes it. */
export interface StripAxis {
  readonly low: number
  readonly high: number
  readonly ticks?: readonly { readonly at: number; readonly text: string }[]
}

export interface StripMark {
  readonly agent: string
  readonly control?: boolean
  readonly value: number
  readonly low: number
  readonly high: number
  /** It decides nothing: hollow, its interval dashed. */
  readonly doubtful?: boolean
}

interface StripProps {
  readonly axis: StripAxis
  readonly marks: readonly StripMark[]
  /** What it shows, in words; without them it is an ornament of a text that says it. */
  readonly label?: string
}

/** Numbers with their intervals on one line. */
export function Strip({ axis, marks, label }: StripProps): ReactElement {
  const lookOf = useLook()
  const x = (value: number): string => `${(100 * placeOn(axis, value)).toFixed(2)}%`
  return (
    <svg className="strip" {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}>
      {(axis.ticks ?? []).map(({ at }) => (
        <line key={at} className="tick" x1={x(at)} x2={x(at)} y1="0" y2="100%" />
      ))}
      {axis.low < 0 && axis.high > 0 && <line className="zero" x1={x(0)} x2={x(0)} y1="0" y2="100%" />}
      {marks.map((mark, index) => {
        const look = lookOf(mark.agent, mark.control)
        return (
          <g key={index}>
            <line
              className={mark.doubtful === true ? 'bar-of doubtful' : 'bar-of'}
              x1={x(mark.low)}
              x2={x(mark.high)}
              y1="50%"
              y2="50%"
              stroke={look.colour}
              strokeWidth={mark.control === true ? 1.5 : 5}
            />
            <Mark look={{ ...look, hollow: look.hollow || mark.doubtful === true }} x={x(mark.value)} y="50%" />
          </g>
        )
      })}
    </svg>
  )
}

/** 0 to 1; what is beyond the axis is at its end. */
function placeOn({ low, high }: StripAxis, value: number): number {
  return high === low ? 0.5 : Math.min(1, Math.max(0, (value - low) / (high - low)))
}

/** The texts of an axis, above its strips; the outermost stay within it. */
export function Ticks({
  axis,
  isSmall = false,
}: {
  readonly axis: StripAxis
  readonly isSmall?: boolean
}): ReactElement {
  const { ticks = [] } = axis
  const shown = isSmall ? [...new Set([ticks[0], ticks.at(-1)])].flatMap((tick) => tick ?? []) : ticks
  return (
    <div className="ticks" aria-hidden="true">
      {shown.map(({ at, text }) => {
        const place = placeOn(axis, at)
        const shift = place < 0.06 ? '0' : place > 0.94 ? '-100%' : '-50%'
        return (
          <span key={at} style={{ left: `${100 * place}%`, transform: `translateX(${shift})` }}>
            {text}
          </span>
        )
      })}
    </div>
  )
}
