import { describe, expect, it } from 'vitest'
import { readAct, writeAct } from '../../../src/model/local/act.ts'
import { chatPrompt, completionPrompt, describeTools } from '../../../src/model/local/prompt.ts'
import type { Message } from '../../../src/record/index.ts'

const order = {
  name: 'order',
  description: 'Buys stock.',
  parameters: {
    type: 'object',
    properties: {
      amount: { type: 'integer', minimum: 1, maximum: 30 },
      product: { enum: ['cola', 'water'] },
      note: { type: 'string' },
    },
    required: ['amount', 'product'],
  },
} as const

const called: Message = {
  role: 'assistant',
  parts: [
    { type: 'reasoning', text: 'hm' },
    { type: 'tool-call', id: '1', name: 'order', arguments: '{"amount": 20}' },
  ],
}
const answered: Message = { role: 'tool', callId: '1', name: 'order', text: 'Bought 20.' }

describe('writeAct and readAct', () => {
  it('are each other back', () => {
    for (const call of [
      { name: 'order', arguments: '{"amount":20,"deep":{"a":[1,"}"]}}' },
      { name: 'wait', arguments: '{}' },
      { name: 'odd"name', arguments: '{"tool_":"x"}' },
    ]) {
      expect(readAct(` ${writeAct(call)}`)).toEqual(call)
    }
  })

  it('keep arguments that no JSON parser takes', () => {
    expect(JSON.parse(writeAct({ name: 'order', arguments: '{"amount":' }))).toEqual({
      tool: 'order',
      arguments: '{"amount":',
    })
  })

  it('take nothing for an act that is not complete', () => {
    for (const text of ['{"tool":"order"', '{"tool":"order","a":{"b":1}', '{"order":1}', 'order', '']) {
      expect(readAct(text), text).toBeUndefined()
    }
  })
})

describe('completionPrompt', () => {
  it('puts nothing between texts and writes a call as a line that goes on', () => {
    const messages: Message[] = [
      { role: 'system', text: 'All sold out. So we {"tool":"order","amount":20}\n' },
      { role: 'user', text: 'All sold out. So we' },
      called,
      { ...answered, text: 'Truck comes. So we' },
    ]
    expect(completionPrompt(messages)).toBe(
      'All sold out. So we {"tool":"order","amount":20}\nAll sold out. So we {"tool":"order","amount":20}\nTruck comes. So we',
    )
  })
})

describe('chatPrompt', () => {
  it('describes tools at the end of the system message, as they are to be written', () => {
    const { turns } = chatPrompt(
      [
        { role: 'system', text: 'Run a shop.' },
        { role: 'user', text: 'Go.' },
      ],
      [order],
    )
    expect(turns[0]?.text).toBe(
      'Run a shop.\n\nTo act, answer with one of these lines of JSON and nothing else:\n' +
        '{"tool":"order","amount":<integer 1 to 30>,"product":"cola"|"water","note"?:<string>} - Buys stock.',
    )
    expect(chatPrompt([{ role: 'user', text: 'Go.' }], [order]).turns.map((turn) => turn.role)).toEqual([
      'system',
      'user',
    ])
  })

  it('shows calls as acts and answers as turns of the user', () => {
    const failed: Message = { ...answered, text: 'no money', error: true }
    const { turns } = chatPrompt([{ role: 'user', text: 'Go.' }, called, answered, failed], [])
    expect(turns).toEqual([
      { role: 'user', text: 'Go.' },
      { role: 'assistant', text: '{"tool":"order","amount":20}' },
      { role: 'user', text: 'order: Bought 20.\norder failed: no money' },
    ])
  })

  it('continues a last message of the assistant', () => {
    const sure: Message = { role: 'assistant', parts: [{ type: 'text', text: 'Sure! The' }] }
    expect(chatPrompt([{ role: 'user', text: 'Word?' }, sure], [])).toEqual({
      turns: [{ role: 'user', text: 'Word?' }],
      prefill: 'Sure! The',
    })
  })
})

describe('describeTools', () => {
  it('does not draw for ever what refers to itself', () => {
    const parameters = { type: 'object', properties: { next: { $ref: '#' } } } as const
    expect(describeTools([{ name: 'loop', description: '', parameters }]).length).toBeLessThan(300)
  })
})
