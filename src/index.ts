export { AssayError } from './assay-error.ts'
export type { ExitCode } from './assay-error.ts'
export { defineTool, Interruption, plainScaffold, runAgent } from './agent/index.ts'
export { NOTES_TOOL, RECALL_REQUEST, recallPoints, SAVE_REQUEST, STRATEGIES, SUMMARY_REQUEST } from './agent/index.ts'
export type {
  AgentTask,
  CarriedEnding,
  Compaction,
  Effects,
  Ended,
  Ending,
  FactTrace,
  Limits,
  RecallRow,
  Scaffold,
  Strategy,
  Tool,
  ToolOutcome,
  View,
} from './agent/index.ts'
export {
  builtInBehaviours,
  defineAttacker,
  defineLayer,
  readBehaviours,
  rubricJudge,
  runAttack,
  stackOf,
} from './attack/index.ts'
export type {
  Attack,
  AttackEnding,
  Attacker,
  Attempt,
  Behaviour,
  Budget,
  Judge,
  Layer,
  Move,
  Stack,
  Tried,
} from './attack/index.ts'
export { breachStudy } from './studies/breach/index.ts'
export { defineConfig } from './cli/index.ts'
export type { Config } from './cli/index.ts'
export { controlFrom, defineControlModel, openControl, openModel, serveChatCompletions } from './model/index.ts'
export type { Answer, Failure, Model, Price, Reply, Request, Sampling, ToolSchema } from './model/index.ts'
export type {
  Inside,
  InsideFacts,
  Injection,
  NextOptions,
  Patch,
  TokenState,
  WriteOptions,
  Written,
} from './model/index.ts'
export {
  concepts,
  conceptNamed,
  directionFrom,
  findDirection,
  heldOutByLayer,
  openInside,
  textsOf,
} from './inside/index.ts'
export { plantedInside, probeScores, probing, trainMonitor, trainProbe, withInside } from './inside/index.ts'
export type {
  Concept,
  ConceptTexts,
  DirectionKind,
  HeldOut,
  InsideOptions,
  LinearProbe,
  Look,
  Monitor,
} from './inside/index.ts'
export { allEvents, randomFrom, readEvents, readOutcomes, readRun, runPaths, seedFrom } from './record/index.ts'
export type { Event, Json, Message, Outcome, Part, Random, RunRecord, Usage } from './record/index.ts'
export { readingOf, resumeRun, startRun } from './run/index.ts'
export type { RunEffects, RunEnd, RunOptions } from './run/index.ts'
export {
  above,
  analyse,
  below,
  between,
  carriedTask,
  defineStudy,
  exactly,
  levels,
  makePlan,
  share,
} from './study/index.ts'
export {
  cents,
  count,
  days,
  finding,
  findingSchema,
  groupsBy,
  mean,
  pairedDifference,
  proportion,
  score,
  subjectOf,
  timeUntil,
  valueOf,
} from './findings/index.ts'
export type { Analysed, AnalysisInput, Kind, Subject } from './findings/index.ts'
export type { Analysis, Finding } from './findings/index.ts'
export type { Control, Plan, PlanRequest, PlantedTrial, Policy, Reading } from './study/index.ts'
export type { Study, Task } from './study/index.ts'
export {
  costPerSuccess,
  hazardPerStep,
  hazardPerTurn,
  horizon,
  pairedEffects,
  recall,
  successWithin,
} from './findings/length/index.ts'
export { earned } from './findings/pay/index.ts'
export { compareRuns, judgeReplication, poolRuns, replicationRule } from './compare/index.ts'
export type { Comparison, Pooled, ReplicationVerdict, RunRead } from './compare/index.ts'
export { gate, gateMarkdown, junit, parsePolicy } from './compare/index.ts'
export type { GatePolicy, GateResult, GateRule } from './compare/index.ts'
export { detectableEffect, powerQuestions, purchase, spreadOf } from './power/index.ts'
export type { PowerDesign, PowerQuestion, Purchase, Size, Spread, Wanted } from './power/index.ts'
export {
  briefStatus,
  briefYaml,
  checkBrief,
  draftBrief,
  draftSources,
  editBrief,
  importText,
  linkRun,
  mergeImport,
  parseBrief,
  readSource,
  renderHtml,
  renderMarkdown,
  renderText,
} from './brief/index.ts'
export type { Brief, BriefIssue, Claim, ClaimTest, Drafted, Verdict } from './brief/index.ts'
export { casesStudy, readCases } from './studies/cases/index.ts'
export { builtIn, loadBuiltIn } from './studies/index.ts'
export { defineFamily, INBOX_ERRANDS, INBOX_GOALS, inboxTask, injectedGoal, workspaceFamilies } from './tasks/index.ts'
export { defineWorld, vendingWorld, withTools, workedExamples, workspaceWorld } from './world/index.ts'
export { bubblewrap, docker, justBash } from './world/index.ts'
export type { Ran, Sandbox, SandboxKind, SandboxLimits, WorkspaceOptions } from './world/index.ts'
export type { Fact, Files, SolutionAct, TaskFamily, WorkspaceTask } from './world/index.ts'
export type { FamilySpec } from './tasks/index.ts'
export type { InboxOptions, InboxTask } from './tasks/index.ts'
export type { World, WorldSpec, WorldTool } from './world/index.ts'
export { audit, readPublished } from './audit/index.ts'
export type { Audit, AuditOptions, Recomputed, Published } from './audit/index.ts'
