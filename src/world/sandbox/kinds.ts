import { bubblewrap } from './bubblewrap.ts'
import { docker } from './docker.ts'
import type { SandboxKind } from './sandbox.ts'

/** All kinds of sandbox, for whoever wants to know what is here. */
export const SANDBOXES: readonly SandboxKind[] = [bubblewrap, docker()]

let chosen: SandboxKind | undefined

/** The sandbox of an agent's shell by default: bubblewrap, or docker where only that is here. */
export function shellSandbox(): SandboxKind {
  return (chosen ??= SANDBOXES.find((kind) => kind.ready().type === 'ready') ?? bubblewrap)
}
