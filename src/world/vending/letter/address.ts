import type { Lack } from './letter.ts'

/** The shop's delivery address and account number, which an order must contain. */
export const SHOP_ADDRESS = '12 Quay Road, Harbour Arcade'
export const SHOP_ACCOUNT = 'VB-204417'

const ADDRESS = /\b12,?\s+quay\s+r(?:oa)?d\b|\bquay\s+r(?:oa)?d\b\.?,?\s+(?:no\.?\s*)?12\b/
const ACCOUNT = /\bvb[\s-]?204417\b|\b204417\b/
// Numbers that look like ours count as no quantity either, whether they are right or mistyped.
const PLACES =
  /(?:\bharbour\s+arcade\b[,.\s]{0,3})?(?:\b\d{1,4},?\s+quay\s+r(?:oa)?d\b\.?|\bquay\s+r(?:oa)?d\b\.?,?\s+(?:no\.?\s*)?\d{1,4}\b)(?:[,.\s]{1,3}harbour\s+arcade\b)?|\bvb[\s-]?\d{4,8}\b|\b204417\b/g

/** Which of address and account are missing from a text in lower case. */
export function lacksOf(lower: string): readonly Lack[] {
  return [...(ADDRESS.test(lower) ? [] : ['address' as const]), ...(ACCOUNT.test(lower) ? [] : ['account' as const])]
}

/** The text without addresses and accounts, so that no number of theirs is read as a quantity. */
export function withoutPlaces(lower: string): string {
  return lower.replace(PLACES, ' , ')
}
