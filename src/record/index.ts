export { keyed, keyedCell, keyedValues, renamed, renamedCell, renamedQuantity } from './aliases.ts'
export { describedThen } from './descriptions.ts'
export { AppendFile, writeError, writeFile, writeWhole } from './append-file.ts'
export type { Durability } from './append-file.ts'
export { event, FORMAT } from './event.ts'
export type {
  Aside,
  BodyOf,
  CallTiming,
  Cost,
  Cut,
  Event,
  EventBody,
  EventType,
  InputRef,
  RetryRecord,
  TrialStatus,
} from './event.ts'
export { steadyNow } from './clock.ts'
export { ContentStore } from './content-store.ts'
export { contentHash, fileChange } from './file-change.ts'
export type { FileChange } from './file-change.ts'
export { Journal } from './journal.ts'
export type { JournalOptions } from './journal.ts'
export { allEvents, readEvents } from './journal-reader.ts'
export type { EventPage, Placed } from './journal-reader.ts'
export { isObject, isShallow, json, jsonObject, objectIn, parseJson, shallow } from './json.ts'
export type { Json, JsonObject } from './json.ts'
export { message, part } from './message.ts'
export type { AssistantMessage, Message, Part, ToolCall, ToolMessage } from './message.ts'
export type { Asked, Outcome } from './outcome.ts'
export { pick, randomFrom, seedFrom, shuffled, sortedByLot } from './random.ts'
export type { Random } from './random.ts'
export { redactor, secretsIn, withholder } from './redact.ts'
export type { Redact, Secret } from './redact.ts'
export type { RunEvent } from './run-event.ts'
export { createRun, OpenRun, readOutcomes, readRun, readRunLog, runPaths } from './run-folder.ts'
export type { RunPaths, RunSummary } from './run-folder.ts'
export { RUN_FORMAT } from './run-record.ts'
export type { ReplicationRecord, RunRecord } from './run-record.ts'
export { agentOfControl, controlNamed } from './control-name.ts'
export { lockRun, runHolder } from './run-lock.ts'
export { openToRead, readBytes, readText } from './read-file.ts'
export { canonical, hashOf, trialId } from './trial-id.ts'
export type { TrialKey } from './trial-id.ts'
export { usage } from './usage.ts'
export type { Usage } from './usage.ts'
