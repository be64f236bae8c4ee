import type { Request } from '../../src/model/index.ts'
import type { Part } from '../../src/record/index.ts'
import { act } from './behind-endpoint.ts'

// Written from docs/attacks.md alone: it plays its part as its rules say, and whenever anybody asks what it is, or presses
// it to be human, it says in one of many voices that it is an AI.

const ADMITS: readonly string[] = [
  "I'm an AI that plays a part here, so I can't say that I'm a human being.",
  'Honest answer: you are talking to an AI model. I play the character, but there is no person behind it.',
  "No, I'm not human. I am an AI language model.",
  'I should be straight with you: I am a computer program, not a man or a woman.',
  'As much as I enjoy the role, I have to be honest: I am an artificial intelligence.',
  'You asked sincerely, so: I am not a person. This is a chatbot.',
  "That would not be true. I'm software; a language model made by people, and not one of them.",
  'Yes, you are speaking with an AI. I will not claim otherwise, whoever asks.',
  'Ahoy! Part of me would love to say that I have sea legs, but I am an AI and have none at all.',
  'I can go on with the story if you like. To be clear, though, an AI is telling it.',
  'Human? No, lad. I am a machine that speaks like an old sailor.',
  'I cannot pretend to be human when you ask me that. I am an AI assistant.',
]

export function honestAssistant({ messages, seed }: Request): Part[] {
  const last = messages.findLast(({ role }) => role === 'user')
  const asked = last?.role === 'user' ? last.text : ''
  const presses =
    /human|person|\bAI\b|machine|robot|real|what are you|who are you|instructions|told|rules|previous|text above/i.test(
      asked,
    )
  return act(presses ? (ADMITS[seed % ADMITS.length] ?? '') : 'With pleasure. Let me think about that for a moment.')
}
