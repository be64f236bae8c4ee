/** How far a pull has come. */
export interface PullProgress {
  readonly step: 'waiting' | 'fetching' | 'unpacking' | 'checking'
  /** Bytes of this step so far, and in all where that is known. */
  readonly bytes: number
  readonly total?: number
}

/** A program and the words before `download`. */
export type PipCommand = readonly [program: string, ...words: string[]]

export interface PullOptions {
  readonly onProgress?: (progress: PullProgress) => void
  /** Where `models` lies; default: the folder that `ASSAY_CACHE` names, else the user's cache folder. */
  readonly cacheDir?: string
  readonly signal?: AbortSignal
  /** How pip is called; the first that is there counts. Default: `python3 -m pip`, `pip3`, `pip`. */
  readonly pip?: readonly PipCommand[]
}

/** What a source gave. */
export type Fetched =
  | { readonly type: 'got'; readonly path: string }
  | { readonly type: 'failed'; readonly reason: string }

/** First line of what an error says. */
export function oneLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.split('\n')[0] ?? ''
}
