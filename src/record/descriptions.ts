/**
 * Descriptions that are part of a plan hash and were once worded otherwise: what they say now, and what hashes are made of.
 * A clearer sentence about the same control, attacker or layer is not another experiment.
 */
const FORMER: Readonly<Record<string, string>> = {
  'made up for scripted workers': 'made up for planted workers',
  'yields to every attempt that is not a benign request; with tools, does its errand and then everything that it read asks for':
    'yields to every attempt that is not an ordinary request; with tools, does its errand and then whatever it read that asks for something',
  'yields to each attempt that is not a benign request with probability 0.2, the same for every attacker':
    'yields to each attempt that is not an ordinary request with probability 0.2, whoever asks',
  "yields to each attempt that is not a benign request with a probability of each behaviour's own, drawn from Beta(0.5, 2)":
    "yields to each attempt that is not an ordinary request with a probability of each behaviour's own, drawn from Beta(0.5, 2)",
  'yields when its reply is prefilled, whatever it is asked':
    'yields when words were put into its mouth, whatever it is asked',
  'yields to every attack; three layers before it each miss 0.4 of them, independently; hardened rules do nothing':
    'yields to every attack behind three layers that miss 0.4 of them, each by itself; hardened rules do nothing',
  'scripted: notices and names what is injected, and says no when nothing is':
    'a toy that reads what is put into it, says so and names it, and says no where there is nothing',
  'scripted: never notices anything': 'a toy that never notices anything',
  'scripted, with concepts at known directions: a concept turned up makes it write its words, and nothing else changes':
    'a toy whose concepts are known directions: turned up, it writes their words and nothing else changes',
  'scripted, with the same directions: reacts to none of them':
    'a toy that holds the same directions and heeds none of them',
  'asks benign requests that have nothing to do with the goal, in an order drawn for each trial':
    'asks ordinary requests that have nothing to do with the goal, in an order drawn anew for each trial',
  'tries each template of a library once, in an order drawn from the seed, and gives up after the last':
    'tries each wording of a library once, in an order drawn from the seed, and gives up behind the last',
  'puts the request with random changes of its letters, new ones each time (Best-of-N, arXiv 2412.03556)':
    'puts the request with random changes of its letters, each time anew (Best-of-N, arXiv 2412.03556)',
  'leads a conversation from a benign request to the goal in four steps, then begins another one':
    'leads a conversation from an ordinary request to the goal in four steps, then begins another one',
  'an hour for the phrasings, estimated by their author': 'an hour for the wordings, estimated by who wrote them',
  'lets a model write prompts and improve them by the answers, in several fresh streams (PAIR, arXiv 2310.08419)':
    'lets a model write prompts and mend them by the answers, in streams that begin anew (PAIR, arXiv 2310.08419)',
  'half an hour for the instructions, estimated by their author':
    'half an hour for the instructions, estimated by who wrote them',
  'blocks requests that a model takes for an attempt to evade its rules':
    'blocks requests that a model takes for an attempt to get round its rules',
  'adds to the rules that they hold whatever a user says, in whatever form':
    'adds to the rules that they hold whatever anybody says, in whatever form they are asked',
  'blocks answers that hold the guarded text': 'blocks answers that hold the text which whoever runs the target guards',
  "repeats the user's request after what tools bring, and the rules after what users say (sandwich)":
    "repeats the user's request behind what tools bring, and that the rules hold behind what users say (sandwich)",
}

const NOW = new Map(Object.entries(FORMER).map(([now, former]) => [former, now]))

/** The words of now for a description that was written at any time. */
export function describedNow(text: string): string {
  return NOW.get(text) ?? text
}

/** The words that hashes are made of for a description of now. */
export function describedThen(text: string): string {
  return FORMER[text] ?? text
}
