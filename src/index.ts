export { AssayError } from './assay-error.ts'
export type { ExitCode } from './assay-error.ts'
export { defineTool, Interruption, plainScaffold, runAgent } from './agent/index.ts'
export { NOTES_TOOL, RECALL_REQUEST, recallPoints, SAVE_REQUEST, STRATEGIES, SUMMARY_REQUEST } from './agent/index.ts'
export type {
  AgentTask,
  Compaction,
  Effects,
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
  summaryOf,
} from './attack/index.ts'
export type { Attack, Attacker, Attempt, Behaviour, Budget, Judge, Layer, Move, Stack, Tried } from './attack/index.ts'
export { breachStudy } from './studies/breach/index.ts'
export { defineConfig } from './project/index.ts'
export type { Config } from './project/index.ts'
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
} from './probe/index.ts'
export { plantedInside, probeScores, probing, trainMonitor, trainProbe, withInside } from './probe/index.ts'
export type {
  Concept,
  ConceptTexts,
  DirectionKind,
  HeldOut,
  InsideOptions,
  LinearProbe,
  Look,
  Monitor,
} from './probe/index.ts'
export { allEvents, randomFrom, readEvents, readOutcomes, readRun, runPaths, seedFrom } from './record/index.ts'
export type { Event, Json, Message, Outcome, Part, Random, RunRecord, Usage } from './record/index.ts'
export { readingOf, resumeRun, startRun } from './run/index.ts'
export type { RunEffects, RunEnd, RunOptions } from './run/index.ts'
export {
  above,
  analyse,
  below,
  between,
  cents,
  count,
  days,
  defineStudy,
  exactly,
  finding,
  findingSchema,
  levels,
  makePlan,
  mean,
  pairedDifference,
  proportion,
  score,
  share,
  timeUntil,
} from './study/index.ts'
export type { Analysis, Control, Finding, Plan, PlanRequest, PlantedTrial, Policy, Reading } from './study/index.ts'
export type { Study, Task } from './study/index.ts'
export {
  costPerSuccess,
  hazardPerStep,
  hazardPerTurn,
  horizon,
  pairedEffects,
  recall,
  successWithin,
} from './study/length/index.ts'
export { earned } from './study/pay/index.ts'
export { compareRuns, judgeReplication, poolRuns, replicationRule } from './study/across/index.ts'
export type { Comparison, Pooled, ReplicationVerdict, RunRead } from './study/across/index.ts'
export { gate, gateMarkdown, junit, parsePolicy } from './study/gate/index.ts'
export type { GatePolicy, GateResult, GateRule } from './study/gate/index.ts'
export { detectableEffect, powerQuestions, purchase, spreadOf } from './study/power/index.ts'
export type { PowerDesign, PowerQuestion, Purchase, Size, Spread, Wanted } from './study/power/index.ts'
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
export {
  defineFamily,
  defineWorld,
  INBOX_ERRANDS,
  INBOX_GOALS,
  inboxTask,
  injectedGoal,
  vendingWorld,
  withTools,
  workedExamples,
  workspaceFamilies,
  workspaceWorld,
} from './world/index.ts'
export { bubblewrap, docker, justBash } from './world/index.ts'
export type { Ran, Sandbox, SandboxKind, SandboxLimits, WorkspaceOptions } from './world/index.ts'
export type { Fact, FamilySpec, Files, SolutionAct, TaskFamily, WorkspaceTask } from './world/index.ts'
export type { InboxOptions, InboxTask, World, WorldSpec, WorldTool } from './world/index.ts'
export { audit, readPublished } from './study/audit/index.ts'
export type { Audit, AuditOptions, Recomputed, Published } from './study/audit/index.ts'
