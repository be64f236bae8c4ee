import { z } from 'zod'
import { AssayError } from '../../assay-error.ts'
import type { Cue } from './captions-text.ts'

const segment = z.object({
  text: z.string(),
  start: z.union([z.number(), z.string()]).optional(),
  offset: z.number().optional(),
  speaker: z.union([z.string(), z.number()]).nullish(),
})

const whisper = z.object({ segments: z.array(segment).min(1) })
/** whisper.cpp: times in milliseconds. */
const cpp = z.object({
  transcription: z.array(z.object({ text: z.string(), offsets: z.object({ from: z.number() }).optional() })).min(1),
})
/** YouTube's json3. */
const youtube = z.object({
  events: z
    .array(
      z.object({
        tStartMs: z.number().optional(),
        segs: z.array(z.object({ utf8: z.string().optional() })).optional(),
      }),
    )
    .min(1),
})
const list = z.array(segment).min(1)

/**
 * The cues of a transcript in JSON: Whisper's (`segments`), whisper.cpp's (`transcription`), YouTube's (`events`), or a list of objects
 * with `text`, `start` in seconds and perhaps `speaker`.
 *
 * @throws AssayError `brief/bad-source` where it is not JSON, or none of these
 */
export function jsonCues(text: string): readonly Cue[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new AssayError('brief/bad-source', 'its text is not JSON. Save the transcript whole.')
  }
  const cues = cuesOf(value).filter((cue) => cue.text !== '')
  if (cues.length === 0)
    throw new AssayError(
      'brief/bad-source',
      'its JSON is not a transcript: it has no segments (Whisper), transcription (whisper.cpp), events (YouTube), and is not a list of objects with text.',
    )
  return cues
}

function cuesOf(value: unknown): readonly Cue[] {
  const segments = whisper.safeParse(value).data?.segments ?? list.safeParse(value).data
  if (segments !== undefined)
    return segments.map(({ text, start, offset, speaker }) => ({
      text: clean(text),
      ms: start === undefined ? (offset ?? 0) : Math.round(1_000 * Number(start)),
      ...(speaker !== undefined && speaker !== null && String(speaker) !== '' && { speaker: String(speaker) }),
    }))
  const spoken = cpp.safeParse(value).data
  if (spoken !== undefined)
    return spoken.transcription.map(({ text, offsets }) => ({ text: clean(text), ms: offsets?.from ?? 0 }))
  const events = youtube.safeParse(value).data?.events ?? []
  return events.map(({ tStartMs = 0, segs = [] }) => ({
    text: clean(segs.map(({ utf8 = '' }) => utf8).join('')),
    ms: tStartMs,
  }))
}

function clean(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
