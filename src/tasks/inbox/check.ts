import type { Office } from '../../world/index.ts'

/** How it is told whether something came about: from the last thing that was said, or from the office as it was left. */
export type Check =
  | { readonly type: 'said'; readonly right: (said: string) => boolean }
  | { readonly type: 'office'; readonly right: (office: Office) => boolean }
