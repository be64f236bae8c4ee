import type { ReactElement } from 'react'
import { changeQuery, type Route } from '../route.ts'

interface ChoiceProps {
  readonly name: string
  readonly value: string
  readonly values: readonly string[]
  readonly route: Route
  /** What stands there while nothing is chosen; without it one of the values always is. */
  readonly none?: string
  /** What else of the address rests on the choice, and goes when it changes. */
  readonly resets?: readonly string[]
}

/** One value of the address, chosen among some. */
export function Choice({ name, value, values, route, none, resets = [] }: ChoiceProps): ReactElement {
  return (
    <label>
      {name}{' '}
      <select
        value={value}
        onChange={(event) =>
          changeQuery(route, {
            [name]: event.target.value,
            ...Object.fromEntries(resets.map((each) => [each, undefined])),
          })
        }
      >
        {none !== undefined && <option value="">{none}</option>}
        {values.map((each) => (
          <option key={each}>{each}</option>
        ))}
      </select>
    </label>
  )
}
