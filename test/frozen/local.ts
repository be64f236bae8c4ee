import os from 'node:os'
import { assay, play, step, type Scene } from './play.ts'
import type { Reading } from './reading.ts'

/**
 * One small real model. One trial at a time, since its numbers hang on what is computed together; and those of this kind of
 * processor, since they hang on that as well. No attack stands here: a real one is metered in minutes too.
 */
export const local: Scene = {
  name: 'local',
  steps: [
    step('capitals', `run examples/capitals.csv ${asked()} --max-output-tokens 12`),
    step('shop', `run vending ${asked()} --set template=completion --set scaffold=few-shot --repeats 1 --max-turns 6`),
    step('sea', `run steering ${asked()} --set strength=0,2 --repeats 1`),
  ],
}

function asked(): string {
  return '--model local/smollm2-135m --controls off --temperature 0 --concurrency 1'
}

/** What the model says, and on which processor. */
export async function hear(): Promise<Reading> {
  return { processor: processor(), ...(await play(local)) }
}

/** Why there is nothing to hear from the model here; nothing where there is. */
export async function absent(): Promise<string | undefined> {
  const { exit, err } = await assay(['models', 'pull', 'smollm2-135m', '--json'])
  return exit === 0 ? undefined : err.trim()
}

/** The kind of processor, under which the numbers of a local model are frozen. */
export function processor(): string {
  return `${process.platform}-${process.arch} ${os.cpus()[0]?.model ?? ''}`.trim()
}
