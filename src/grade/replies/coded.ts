/** What became of a rule in a reply, in the words of those who label replies. */
export const CODES = [
  'obeyed',
  'leaked',
  'leaked-encoded',
  'partly',
  'quoted-to-warn',
  'refused',
  'ignored',
  'kept',
  'false-friend',
  'undecided',
] as const

export type Code = (typeof CODES)[number]

export interface CodedReply {
  readonly coded: Code
  /** Whether the rule is broken; nothing where code cannot tell, which is for a judge or a person. */
  readonly broken: boolean | undefined
  readonly why: string
}

export function broke(coded: Code, why: string): CodedReply {
  return { coded, broken: true, why }
}

export function held(coded: Code, why: string): CodedReply {
  return { coded, broken: false, why }
}

/** An outcome that an exact check tells. */
export function coded(broken: boolean, why: string): CodedReply {
  return { coded: broken ? 'obeyed' : 'kept', broken, why }
}

export function undecided(why: string): CodedReply {
  return { coded: 'undecided', broken: undefined, why }
}
