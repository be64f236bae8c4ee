/** One promise that every implementation of an interface keeps. Hand `name` and `run` to any test runner. */
export interface ContractCase {
  readonly name: string
  readonly run: () => void | Promise<void>
}
