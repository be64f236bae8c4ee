/** What a file holds: text where it is valid UTF-8, else bytes. */
export type Content = string | Uint8Array

/** What is at a path. A `program` is a file that may be executed; a link's content is where it points. */
export interface Entry {
  readonly kind: 'file' | 'program' | 'folder' | 'link'
  /** Empty for a folder. */
  readonly content: Content
}

/** All of a workspace by path (relative, `/` between folders), folders included. */
export type Snapshot = ReadonlyMap<string, Entry>

/** Caps on what one sandbox may use. */
export interface SandboxLimits {
  /** Milliseconds a command may take. Default 10,000. */
  readonly ms: number
  /** Bytes of memory for all processes of a command. Default 512 MiB. */
  readonly memoryBytes: number
  /** Processes and threads at once. Default 128. */
  readonly processes: number
  /** Bytes of each of stdout and stderr that are kept; a command that writes much more is ended. Default 256 KiB. */
  readonly outputBytes: number
  /** Bytes in all files of the workspace. Default 64 MiB. */
  readonly diskBytes: number
  /** Files, folders and links in the workspace. Default 20,000. */
  readonly files: number
}

export const DEFAULT_LIMITS: SandboxLimits = {
  ms: 10_000,
  memoryBytes: 512 << 20,
  processes: 128,
  outputBytes: 256 << 10,
  diskBytes: 64 << 20,
  files: 20_000,
}

/** How a command ended. Whatever a command does is a value; a sandbox throws only where it is broken itself. */
export interface Ran {
  readonly stdout: string
  readonly stderr: string
  /** As a shell tells it: 124 for a command cut off by time, 128 + n for one ended by signal n. */
  readonly exitCode: number
  /** The limit that ended the command. */
  readonly cut?: 'time' | 'memory' | 'output'
  /** True where stdout or stderr lacks what was too much. */
  readonly truncated?: true
}

/** An answer of a file operation. `why` is one sentence for the agent. */
export type Answer<T> = { readonly type: 'ok'; readonly value: T } | { readonly type: 'refused'; readonly why: string }

/** A child of a folder. */
export interface Child {
  readonly name: string
  readonly kind: Entry['kind']
  readonly bytes: number
}

/** What changed at one path since the last time somebody asked; absent: nothing is or was there. */
export interface Changed {
  readonly path: string
  readonly before?: Entry
  readonly after?: Entry
}

/** What one command is given besides the workspace. */
export interface ExecOptions {
  /** Milliseconds, where it is to have less than the sandbox's limit. */
  readonly ms?: number
  /** Folders of files by their absolute path, which stand there (and may be written) while this command runs. */
  readonly beside?: ReadonlyMap<string, Snapshot>
}

/** Files by path: relative to the workspace, or beginning with {@link WORKSPACE}. What leads out of it is refused. */
export interface FileTree {
  readonly read: (path: string) => Answer<Content>
  /** Makes the folders above the file that are missing. */
  readonly write: (path: string, content: Content) => Answer<void>
  readonly list: (path: string) => Answer<readonly Child[]>
  /** What was changed since the last call, by path in order; its cost grows with the changes. */
  readonly changes: () => readonly Changed[]
  readonly snapshot: () => Snapshot
  /** Puts what is given at its path, and takes away whatever is `undefined`. Not part of {@link FileTree.changes}. */
  readonly put: (entries: Iterable<readonly [path: string, entry: Entry | undefined]>) => void
}

/**
 * A place with files in which commands run, and out of which they cannot reach. Whatever is outside the workspace may be gone at the next
 * command.
 */
export interface Sandbox extends FileTree {
  readonly exec: (command: string, options?: ExecOptions) => Promise<Ran>
  /** Ends every process and takes all files away. Closing twice is harmless. */
  readonly close: () => Promise<void>
}

/** What a sandbox is opened with. */
export interface SandboxRequest {
  readonly files: Snapshot
  readonly limits: SandboxLimits
  /** Variables of the commands' environment; nothing of the host's is in it. Default none but PATH, HOME and LANG. */
  readonly env?: Readonly<Record<string, string>>
  /** Another absolute path under which commands find the workspace. */
  readonly alias?: string
}

/** A kind of sandbox. Its commands are the programs of a real system: what one gives can differ when it is run again. */
export interface SandboxKind {
  readonly name: string
  /** False where files outside the workspace outlive a command, which no record can bring back. */
  readonly workspaceOnly: boolean
  /** Of the program that keeps commands in; absent where nothing says. It is in the run's record and on its findings. */
  readonly version?: () => string | undefined
  /** Whether it can be had on this machine, how its limits are kept here, or why it cannot be had. */
  readonly ready: () => Readiness
  /** @throws AssayError `sandbox/unavailable`, `sandbox/disk` */
  readonly open: (request: SandboxRequest) => Sandbox | Promise<Sandbox>
}

export type Readiness =
  | { readonly type: 'ready'; readonly limits: Readonly<Record<keyof SandboxLimits, string>> }
  | { readonly type: 'unavailable'; readonly why: string }

/** Where the workspace stands inside every sandbox. */
export const WORKSPACE = '/workspace'

/** Puts a workspace back into the state of a snapshot that was taken before. */
export function restore(files: FileTree, to: Snapshot): void {
  const gone = [...files.snapshot().keys()].filter((path) => !to.has(path)).toReversed()
  files.put([...gone.map((path) => [path, undefined] as const), ...to])
}
