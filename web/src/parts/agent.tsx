import { createContext, useContext, type ReactElement, type ReactNode } from 'react'
import { visible } from '../say.ts'
import { useAsked } from '../use.ts'

/** Agents in the order of their first appearance in the folder: it gives each its colour and shape on every page. */
const Agents = createContext<readonly string[]>([])

/** @param place another place asks again: a run may have brought a new agent */
export function AgentsKnown({
  place,
  children,
}: {
  readonly place: string
  readonly children: ReactNode
}): ReactElement {
  const { data } = useAsked('/api/agents', {}, place)
  return <Agents value={data ?? []}>{children}</Agents>
}

/** Colours there are; whoever comes later is grey, and named at its mark. */
const COLOURS = 8

/** How an agent is drawn: a colour of the page, and a shape. Controls are hollow and grey. */
export interface Look {
  readonly colour: string
  readonly shape: number
  readonly hollow: boolean
}

export function useLook(): (agent: string, control?: boolean) => Look {
  const known = useContext(Agents)
  return (agent, control = false) => {
    const slot = known.indexOf(agent)
    const isNamed = !control && slot >= 0 && slot < COLOURS
    return {
      colour: isNamed ? `var(--agent-${slot})` : 'var(--agent-none)',
      shape: isNamed ? slot : 0,
      hollow: control,
    }
  }
}

/** Outlines in a square from −6 to 6, one a slot: circle, square, triangle, diamond, upside-down triangle, cross, hexagon, bar. */
const SHAPES = [
  'M0 -5A5 5 0 1 1 0 5A5 5 0 1 1 0 -5Z',
  'M-4.6 -4.6H4.6V4.6H-4.6Z',
  'M0 -5.6L5.6 4.6H-5.6Z',
  'M0 -6L6 0L0 6L-6 0Z',
  'M0 5.6L5.6 -4.6H-5.6Z',
  'M-2 -6H2V-2H6V2H2V6H-2V2H-6V-2H-2Z',
  'M-3 -5.2H3L6 0L3 5.2H-3L-6 0Z',
  'M-2.4 -6H2.4V6H-2.4Z',
]

/** The mark alone, in a drawing. */
export function Mark({
  look,
  x,
  y,
}: {
  readonly look: Look
  readonly x: number | string
  readonly y: number | string
}): ReactElement {
  return (
    <svg x={x} y={y} width={1} height={1} overflow="visible">
      <path
        d={SHAPES[look.shape] ?? ''}
        fill={look.hollow ? 'var(--page)' : look.colour}
        stroke={look.hollow ? look.colour : 'var(--page)'}
        strokeWidth={look.hollow ? 1.6 : 0.8}
        transform={look.hollow ? 'scale(0.72)' : undefined}
      />
    </svg>
  )
}

/** An agent by name, with its mark. */
export function Agent({ name, control = false }: { readonly name: string; readonly control?: boolean }): ReactElement {
  const look = useLook()(name, control)
  return (
    <span className={control ? 'agent control' : 'agent'}>
      <svg viewBox="-6 -6 12 12" aria-hidden="true">
        <Mark look={look} x={0} y={0} />
      </svg>
      {visible(name)}
    </span>
  )
}
