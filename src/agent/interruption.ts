/**
 * Stops a trial without ending it: nothing is written, and resume goes on from the last whole step.
 *
 * `aborted`: the user or the run asked to stop. `budget`: the run's own cap would have been crossed.
 */
export class Interruption extends Error {
  readonly reason: 'aborted' | 'budget'

  constructor(reason: 'aborted' | 'budget', message: string) {
    super(message)
    this.name = 'Interruption'
    this.reason = reason
  }
}
