import { isDeepStrictEqual } from 'node:util'
import { isCollection, isMap, isNode, isScalar, isSeq, type Document, type YAMLMap, type YAMLSeq } from 'yaml'
import { isObject, type Json } from '../record/index.ts'

/**
 * Brings a document from one value to another by touching only what differs, so that comments, order and style of the
 * rest stay. Items of a list that carry an id are told by it, others by their value, so that comments move with them.
 *
 * @param before what the document holds now
 * @returns whether anything differed
 */
export function change(document: Document, before: Json, after: Json): boolean {
  if (isDeepStrictEqual(before, after)) return false
  const { contents } = document
  if (!changeNode(document, contents, before, after)) document.contents = document.createNode(after)
  return true
}

/** @returns false if the node cannot hold the new value and must be replaced */
function changeNode(document: Document, node: unknown, before: Json | undefined, after: Json): boolean {
  if (isMap(node) && isObject(before) && isObject(after)) {
    changeMap(document, node, before, after)
    return true
  }
  if (isSeq(node) && Array.isArray(before) && Array.isArray(after)) {
    changeList(document, node, before, after)
    return true
  }
  if (isScalar(node) && !isCollection(after) && (after === null || typeof after !== 'object')) {
    node.value = after
    return true
  }
  return false
}

function changeMap(
  document: Document,
  node: YAMLMap,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): void {
  for (const key of Object.keys(before)) if (after[key] === undefined) node.delete(key)
  for (const [key, value] of Object.entries(after)) {
    const old = before[key]
    if (value === undefined || isDeepStrictEqual(old, value)) continue
    const held: unknown = node.get(key, true)
    if (!changeNode(document, held, asJson(old), asJson(value) ?? null)) node.set(key, document.createNode(value))
  }
}

function changeList(document: Document, node: YAMLSeq, before: readonly Json[], after: readonly Json[]): void {
  // The parser gives a comment above the first item to the list; it is the item's.
  const [first] = node.items
  if (isNode(first) && typeof node.commentBefore === 'string' && typeof first.commentBefore !== 'string') {
    first.commentBefore = node.commentBefore
    node.commentBefore = null
  }
  const left = before.map((value, index) => ({ value, item: node.items[index] }))
  node.items = after.map((value) => {
    const place = left.findIndex((old) => isSame(old.value, value))
    const [old] = place < 0 ? [] : left.splice(place, 1)
    if (old === undefined) return document.createNode(value)
    if (isDeepStrictEqual(old.value, value) && isNode(old.item)) return old.item
    return changeNode(document, old.item, old.value, value) ? old.item : document.createNode(value)
  })
}

/** Whether two items of a list are the same thing, if perhaps changed. */
function isSame(a: Json, b: Json): boolean {
  if (isObject(a) && isObject(b)) return keyOf(a) === keyOf(b)
  return isDeepStrictEqual(a, b)
}

function keyOf(item: Readonly<Record<string, unknown>>): unknown {
  return item['id'] ?? item['title']
}

// What comes out of a JSON object is JSON; the guard that found the object does not say so.
function asJson(value: unknown): Json | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return value as Json | undefined
}
