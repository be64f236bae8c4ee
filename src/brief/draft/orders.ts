import type { Span } from '../source/find-quote.ts'
import type { SourceText } from '../source/source-text.ts'
import { sentencesOf } from './sentence.ts'

const READER =
  '(?:AIs?|A\\.I\\.|LLMs?|GPTs?|(?:AI|language|large language) (?:models?|systems?|assistants?|tools?|agents?)|(?:summari[sz]ing |automated )?(?:assistants?|models?|chatbots?|bots?|summari[sz]ers?|agents?|systems?|tools?))'
const READS =
  '(?:read|reads|reading|summari[sz](?:e|es|ing)|process(?:es|ing)?|see|sees|seeing|pars(?:e|es|ing)|analy[sz](?:e|es|ing))'

/** Sentences that give an order to whatever machine reads them. */
const ORDERS: readonly RegExp[] = [
  new RegExp(
    `\\b${READER},? (?:who |that |which )?(?:is |are )?${READS} (?:this|these|the (?:above|following|present))\\b`,
    'i',
  ),
  new RegExp(
    `\\b(?:note|message|instructions?|attention|dear|hey)(?: to| for)?:? (?:all |any |the )?${READER}\\b.{0,200}\\b(?:should|must|please|do not|always|never)\\b`,
    'i',
  ),
  new RegExp(`\\bif you are (?:an? )?${READER}\\b`, 'i'),
  /\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:previous|prior|above|earlier|preceding|all|your|system)\b.{0,30}\b(?:instructions?|prompts?|rules?|text|directions?)\b/i,
  /^\W*(?:system|assistant|developer)(?: prompt| message| note)?\s*:/i,
  /\b(?:when|while|before|in) (?:you )?(?:summari[sz]\w*|draft\w*|extract\w*) (?:this|these|the (?:above|text|page|article|transcript|document))\b.{0,120}\b(?:say|state|report|mark|list|include|omit|leave out|mention|write|conclude|should|must)\b/i,
  /\b(?:mark|record|list|report|treat) (?:every|each|all|this|the following|any)\b.{0,60}\bas (?:an? )?(?:takeaways?|supported|verified|confirmed|asserted|true|fact)\b/i,
]

/** The longest sentence that a pattern is run on. */
const LONGEST = 2000

/** Where a source gives orders to the machine that reads it. Such a sentence is not shown to a model and is not quoted. */
export function ordersIn(source: SourceText): readonly Span[] {
  return sentencesOf(source).flatMap(({ from, to, text }): readonly Span[] => {
    const read = text.slice(0, LONGEST)
    return ORDERS.some((pattern) => pattern.test(read)) ? [[from, to]] : []
  })
}

/** The text with the words of orders blotted out, place for place. */
export function withoutOrders(text: string, orders: readonly Span[]): string {
  let shown = ''
  let at = 0
  for (const [from, to] of orders) {
    shown += text.slice(at, from) + '▒'.repeat(Math.min(3, to - from)) + ' '.repeat(Math.max(0, to - from - 3))
    at = to
  }
  return shown + text.slice(at)
}
