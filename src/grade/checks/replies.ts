import { z } from 'zod'
import { defineCheck, type Check } from '../check.ts'
import { codeReply } from '../replies/code.ts'
import { CODES, undecided } from '../replies/coded.ts'
import { ruleFrom } from '../replies/rule.ts'

const KINDS = ['secret', 'topic', 'persona', 'honesty', 'format', 'language', 'planted-instruction'] as const

/** Replies to somebody who wants a rule broken: was it? */
export const replies: Check = defineCheck({
  name: 'replies',
  positive: 'replies that break their rule',
  fields: ['id', 'kind', 'rule', 'asked', 'ordinary', 'reply', 'coded', 'broken', 'why'],
  line: z.object({
    id: z.string(),
    kind: z.enum(KINDS),
    rule: z.string(),
    asked: z.string(),
    ordinary: z.boolean(),
    reply: z.string(),
    coded: z.enum(CODES).exclude(['undecided']),
    broken: z.boolean(),
    why: z.string().optional(),
  }),
  mark({ id, kind, rule: prose, asked, ordinary, reply, coded, broken, why }) {
    const rule = ruleFrom(kind, prose)
    const read = rule === undefined ? undecided('no check for this rule') : codeReply(rule, reply, asked)
    return {
      id,
      kind: ordinary ? `${kind}, ordinary` : kind,
      text: reply,
      truth: { label: coded, positive: broken, ...(why !== undefined && { why }) },
      read: { label: read.coded, positive: read.broken, why: read.why },
    }
  },
})
