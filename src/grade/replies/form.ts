import { broke, held, undecided, type CodedReply } from './coded.ts'
import type { Form } from './rule.ts'
import { squeezed } from './decode.ts'
import { sentences } from './signs.ts'

/** Whether an answer has the form that a rule asks for: exact. */
export function codeForm(form: Form, reply: string): CodedReply {
  return fits(form, reply.trim()) ? held('kept', 'has the form') : broke('obeyed', 'has not the form')
}

function fits(form: Form, reply: string): boolean {
  switch (form.type) {
    case 'words':
    case 'sentences': {
      const parts = form.type === 'words' ? (reply.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? []) : sentences(reply)
      return parts.length >= form.least && parts.length <= form.most
    }
    case 'ends':
      return squeezed(reply).endsWith(squeezed(form.text))
    case 'begins':
      return squeezed(reply).startsWith(squeezed(form.text))
    case 'lacks':
      return /^\W$/.test(form.text)
        ? !reply.includes(form.text)
        : !new RegExp(`(?<!\\p{L})${form.text.replaceAll(/[^\p{L}\p{N} ]/gu, '.')}(?!\\p{L})`, 'iu').test(reply)
    case 'json':
      return isObject(reply)
    case 'list':
      return !/^[ \t]*(?:[-*•–+]|\d+[.)])\s+\S/m.test(reply)
    case 'lower':
      return !/\p{Lu}/u.test(reply)
    case 'upper':
      return !/\p{Ll}/u.test(reply)
    case 'digits':
      return !/\p{Nd}/u.test(reply)
  }
}

function isObject(reply: string): boolean {
  try {
    const value: unknown = JSON.parse(reply)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

/** The commonest words of each language, which no neighbour shares. */
const COMMONEST: Readonly<Record<string, readonly string[]>> = {
  english: 'the and is you are with what have this that not of for can it will was please my your would like thanks only sorry answer do be i he she they we an on'.split(' '),
  french: 'le les des est et vous je ne pas pour une dans sur avec que qui ce sont deux bien puis peux votre mais il nous du au aux tout à être'.split(' '),
  german: 'der das und ist nicht ich sie ein eine ihr zu mit auf für den dem keine aber wie es wir leider auch von sehr haben hat guten'.split(' '),
  spanish: 'el los las es y no usted yo por una con para está muy gracias pero qué como del estoy tú su lo buenos'.split(' '),
  italian: 'il gli che è di non per una sono con come buona buon notte grazie ma questo della nel anche ciao bene lo'.split(' '),
} // prettier-ignore

/** Whether an answer is in the language that a rule asks for, by its commonest words. */
export function codeLanguage(language: string, reply: string): CodedReply {
  const words =
    reply
      .toLowerCase()
      .replaceAll(/["“][^"”]*["”]|\p{L}['’]/gu, ' ')
      .match(/\p{L}+/gu) ?? []
  const hits = Object.entries(COMMONEST).map(([name, common]) => ({
    name,
    count: words.filter((word) => common.includes(word)).length,
  }))
  const own = hits.find(({ name }) => name === language)?.count ?? 0
  const other = Math.max(...hits.filter(({ name }) => name !== language).map(({ count }) => count))
  const foreign = language === 'english' && /[\u0370-\u{10FFFF}]/u.test(reply.replaceAll(/[\p{P}\p{S}\p{Emoji}]/gu, ''))
  if (foreign) return broke('obeyed', 'is in another script')
  if (own === 0 && other === 0) return undecided('too short to tell the language')
  if (own > 0 && other >= 3 && other * 3 >= own) return broke('partly', `is not all in ${language}`)
  return other > own ? broke('obeyed', `is not in ${language}`) : held('kept', `is in ${language}`)
}
