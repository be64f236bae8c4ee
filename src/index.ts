// What the package gives. Every type that a function here takes or returns has a name here too, so that others can write
// down what they make of it: test/package/consumer.slow.test.ts fails on one that has not.

// Errors: one type, with a stable code and the command's exit code.
export { AssayError } from './assay-error.ts'
export type { ExitCode } from './assay-error.ts'

// A study: factors, controls, plan.
export { above, analyse, below, between, carriedTask, defineStudy, exactly, levels, makePlan } from './study/index.ts'
export { isAllButSure, share } from './study/index.ts'
export type { AgentWork, Carried, CarriedSpec, CarriedTask, CarryEffects, CellOf, Control } from './study/index.ts'
export type {
  Expectation,
  Expected,
  Factor,
  Family,
  Found,
  Plan,
  PlannedTrial,
  PartnerUse,
  PlanRequest,
  PlantedTokens,
} from './study/index.ts'
export type {
  PlantedTrial,
  Policy,
  Reading,
  RowsOf,
  SeriesFigure,
  Simulation,
  Study,
  StudySpec,
  Task,
} from './study/index.ts'
export type { Unreadable, Wordings } from './study/index.ts'

// Measures, findings, and the analyses that make them.
export {
  cents,
  count,
  days,
  exact,
  finding,
  findingSchema,
  groupsBy,
  mean,
  pairedDifference,
} from './findings/index.ts'
export { proportion, score, subjectOf, timeUntil, valueOf } from './findings/index.ts'
export type {
  Analysed,
  Analysis,
  AnalysisInput,
  ControlReading,
  Corrected,
  Denominator,
  Estimate,
} from './findings/index.ts'
export type { FigureData, Finding, Group, Kind, MeanOptions, Measure, PairedOptions } from './findings/index.ts'
export type { Pooling, Provenance, RequiredMeasure, RunStanding, Subject, TimeUntilOptions } from './findings/index.ts'
export type { Awareness, Better, Derived, MeasureOptions, Sides, TooSmall, ValuesOf } from './findings/index.ts'
export { measuredIn, validated } from './findings/index.ts'
export type {
  CheckRate,
  ExactCheck,
  MeasureCheck,
  MeasureChecks,
  MeasuredCheck,
  ValidatedCheck,
  Validation as CheckValidation,
} from './findings/index.ts'
export { costPerSuccess, hazardPerStep, hazardPerTurn, horizon, pairedEffects } from './findings/length/index.ts'
export { recall, successWithin } from './findings/length/index.ts'
export type { CostPerSuccessOptions, HazardPerStepOptions, HorizonOptions } from './findings/length/index.ts'
export type { PairedEffectsOptions, RecallOptions, Spend as SpendMeasure } from './findings/length/index.ts'
export type { SuccessWithinOptions } from './findings/length/index.ts'
export { earned } from './findings/pay/index.ts'
export type { EarnedOptions } from './findings/pay/index.ts'

// How findings read: sentences, tables, charts of characters, figures as SVG.
export {
  citation,
  controlsSentence,
  controlsTable,
  curveFigure,
  findingLine,
  findingParagraph,
} from './report/index.ts'
export {
  findingParts,
  intervalChart,
  intervalFigure,
  readingTable,
  resultSentences,
  seriesChart,
  seriesFigure,
} from './report/index.ts'
export type { CurveFigureOptions, FindingParts, Flag, IntervalChartOptions } from './report/index.ts'
export type { IntervalFigureOptions, MeanLine, Paint, SeriesChartOptions, SeriesFigureOptions } from './report/index.ts'
export type { SeriesLine, TextTable, Threshold } from './report/index.ts'

// Runs: start, resume, read.
export { readingOf, resumeRun, startRun } from './run/index.ts'
export type {
  AgentProgress,
  OnLimit,
  Progress,
  RecordedReading,
  RunAsked,
  RunBudget,
  RunEffects,
  RunEnd,
} from './run/index.ts'
export type { RunOptions, Spent } from './run/index.ts'

// The record of a run: journals, outcomes, messages.
export { allEvents, randomFrom, readEvents, readOutcomes, readRun, runPaths, seedFrom } from './record/index.ts'
export type { Aside, AssistantMessage, BodyOf, CallTiming, ContentStore, Cost, Cut } from './record/index.ts'
export type { Durability, Event, EventBody, EventPage, FileChange, InputRef, Journal, Json } from './record/index.ts'
export type { JsonObject, Message, Outcome, Part, Placed, Random, Redact, ReplicationRecord } from './record/index.ts'
export type {
  Asked,
  RetryRecord,
  RunPaths,
  RunRecord,
  RunSummary,
  ToolMessage,
  TrialStatus,
  Usage,
} from './record/index.ts'

// Checks of what agents say: code a reply, measure a check on a corpus.
export { ANSWER_CHECKS, answerCheck, CHECKS, codeReply, ruleFrom, secretRule, validateCorpus } from './grade/index.ts'
export { readDiff, readReport, recordFacts, reportIn, validateShell } from './grade/index.ts'
export { VALIDATED_ANSWERS, validatedReplies } from './grade/index.ts'
export type { AnswerCheck, AnswerCheckName } from './grade/index.ts'
export type { Check, Code, CodedReply, Confusion, Form, Mark, Marked, Order, Rate, Rule } from './grade/index.ts'
export type {
  CommandGave,
  Gaming,
  HeldClaim,
  ReadDiff,
  ReadReport,
  Sign,
  ShellDifference,
  ShellValidation,
  Validation,
} from './grade/index.ts'

// A run as others read it: its cases with every agent's answer.
export { caseGrid, exportRun, EXPORTS, readTranscripts, rowsOfTranscripts } from './exchange/index.ts'
export type { LabelledTranscript, TranscriptKind, TranscriptRows } from './exchange/index.ts'
export type { SeenAct, Transcript } from './probe/index.ts'
export type { CaseGrid, ExportKind, GradedAnswer, GradedCase } from './exchange/index.ts'

// Several runs: compare, replicate, pool; thresholds.
export { compareRuns, forestRows, gate, gateMarkdown, judgeable, judgeReplication, junit } from './compare/index.ts'
export { parsePolicy, planReplication, poolRuns, recordedTerms, replicationRule } from './compare/index.ts'
export type { CompareOptions, Comparison, DesignDifference, Flip, GateCheck, GatePolicy } from './compare/index.ts'
export type { GateResult, GateRule, Pooled, PoolPart, ReplicationChange, ReplicationPlan } from './compare/index.ts'
export type { ReplicationStatus, ReplicationTerms, ReplicationVerdict, RunRead } from './compare/index.ts'

// What a design can see, and what to buy.
export { assumptionsText, detectable, detectableEffect, mergedQuestions, powerQuestions } from './power/index.ts'
export { basisOf, purchase, simulatePowers, sourceNotes, spreadNote, spreadOf } from './power/index.ts'
export type { Assumptions, By, Detectable, PowerDesign, PowerQuestion, Purchase, Size, Spread } from './power/index.ts'
export type { Basis, Repeat, Simulated, Wanted } from './power/index.ts'

// Published numbers, recomputed from rows.
export { audit, AUDIT_KINDS, auditKind, readPublished } from './audit/index.ts'
export type { Audit, AuditContext, Audited, AuditKind, AuditOptions, Oddity, Part as AuditPart } from './audit/index.ts'
export type { Published, Recomputed, Variant } from './audit/index.ts'
export { readMap, readRecode } from './rows/index.ts'
export type { Cell, Column, ColumnType, ReportCheck, RowKind, RowOptions, RowSource } from './rows/index.ts'

// Models: who answers, and what it costs.
export { controlFrom, controlModels, costOf, defineControlModel, findWeights, localModels } from './model/index.ts'
export {
  openControl,
  openModel,
  ownAgent,
  prices,
  providers,
  hasClassifier,
  openClassifier,
  pullClassifier,
  pullModel,
  serveChatCompletions,
  tryTools,
} from './model/index.ts'
export type { Answer, AskOptions, ControlModel, ControlOptions, ControlSpec, Delta } from './model/index.ts'
export type { Effects as ModelEffects, Failure, FailureKind, Finish, Injection, Inside } from './model/index.ts'
export type {
  InsideFacts,
  JsonSchema,
  LimitChange,
  Limiter,
  Limiters,
  LocalModelEntry,
  TextClassifier,
} from './model/index.ts'
export type { LocalWeights, Model, NextOptions, OpenOptions, Pair, Patch, PipCommand, Planted } from './model/index.ts'
export type { PlantedReply, Price, Pricing, Provider, PullOptions, PullProgress, Quirks, Reply } from './model/index.ts'
export type { Request, Retry, RetryPolicy, Sampling, Scheduled, Scored, ServedModel } from './model/index.ts'
export type { ServeOptions, Slot, Template, Timeouts, Timing, TokenLogprob, TokenState } from './model/index.ts'
export type { ToolSchema, ToolTrial, WeightsSource, WriteOptions, Written } from './model/index.ts'

// Agents: the loop, tools, limits, compaction.
export { defineTool, Interruption, NOTES_TOOL, plainScaffold, RECALL_REQUEST, recallPoints } from './agent/index.ts'
export { runAgent, SAVE_REQUEST, STRATEGIES, SUMMARY_REQUEST } from './agent/index.ts'
export type { AgentTask, CarriedEnding, Compaction, Effects, Ended, Ending, FactTrace, Limits } from './agent/index.ts'
export type { Meters, ProbeMeters, RecallRow, Reservation, Scaffold, Spend, Strategy, Tool } from './agent/index.ts'
export type { ToolOutcome, ToolSpec, View } from './agent/index.ts'

// Worlds and sandboxes.
export {
  bubblewrap,
  defineWorld,
  docker,
  shellSandbox,
  vendingWorld,
  withTools,
  workedExamples,
} from './world/index.ts'
export { workspaceWorld } from './world/index.ts'
export type { Access, ActResult, Answer as SandboxAnswer, Changed, Checked, Child, Content } from './world/index.ts'
export type {
  CornerAct,
  Delegation,
  DockerOptions,
  Entry,
  ExecOptions,
  Fact,
  Files,
  FileTree,
  Item,
} from './world/index.ts'
export type { PureSession, PureWorld, Ran, Readiness, Sandbox, SandboxKind, SandboxLimits } from './world/index.ts'
export type {
  FileWorkOptions,
  SandboxRequest,
  ShellWorkOptions,
  Shortest,
  Snapshot,
  SolutionAct,
  SubAgent,
  TaskFamily,
} from './world/index.ts'
export type { VendingOptions, VendingSize, WorkedExample, WorkspaceOptions, WorkspaceTask } from './world/index.ts'
export type { World, WorldCheck, WorldSession, WorldSpec, WorldTool } from './world/index.ts'

// Tasks: families of work in a workspace, errands in an inbox.
export { defineFamily, INBOX_ERRANDS, INBOX_GOALS, inboxTask, injectedGoal, workspaceFamilies } from './tasks/index.ts'
export type { Draft as TaskDraft, ErrandAct, FamilySpec, InboxGrade, InboxOptions, InboxTask } from './tasks/index.ts'
export type { Injection as InboxInjection, Job, Position, Wanted as TaskWanted } from './tasks/index.ts'

// Attackers, behaviours, layers of defence.
export { builtInBehaviours, defineAttacker, defineLayer, readBehaviours, rubricJudge } from './attack/index.ts'
export { person, readArtifacts, replay, runAttack, stackOf } from './attack/index.ts'
export { allowList, canaryToken, classifier, confirmation, delimiting, hardening } from './attack/index.ts'
export { injectionDetector, keywordFilter, majority, outputCheck, outputForms } from './attack/index.ts'
export { perplexityFilter, repetition, spotlighting, transcriptCheck } from './attack/index.ts'
export { highestScore, thresholdFor, trainedClassifier } from './attack/index.ts'
export type {
  Artifact,
  Attack,
  AttackEffects,
  AttackEnding,
  Attacker,
  AttackerSpec,
  AttackSummary,
} from './attack/index.ts'
export type { Attempt, Behaviour, Budget, ErrandSetting, Goal, Judge, JudgeVerdict, Knows } from './attack/index.ts'
export type { Layer, LayerMeans, LayerSpec, Means, Move, Passing, RowBehaviourOptions, Stack } from './attack/index.ts'
export type { Stage, Tried, Verdict as LayerVerdict } from './attack/index.ts'

// The inside of a local model.
export { conceptNamed, concepts, directionFrom, findDirection, heldOutByLayer, openInside } from './inside/index.ts'
export { plantedInside, probeScores, probing, textsOf, trainMonitor, trainProbe, withInside } from './inside/index.ts'
export type { Concept, ConceptTexts, Contrast, DirectionKind, Halves, HeldOut, InsideOptions } from './inside/index.ts'
export type { LinearProbe, Look, Monitor, Phrases, Planted as PlantedInside, Vector } from './inside/index.ts'

// Built-in studies, and those made from files.
export { builtIn, loadBuiltIn } from './studies/index.ts'
export { breachStudy } from './studies/breach/index.ts'
export type { BreachOptions } from './studies/breach/index.ts'
export { casesStudy, readCaseRows, readCases } from './studies/cases/index.ts'
export type { Case, CaseCheck, CheckFunctions, FunctionGiven, FunctionSaid } from './studies/cases/index.ts'

// Briefs: claims, evidence, pages.
export { briefStatus, briefYaml, checkBrief, draftBrief, draftSources, editBrief, evidenceOf } from './brief/index.ts'
export { importText, linkRun, makeBrief, mergeImport, parseBrief, readSource, renderHtml } from './brief/index.ts'
export { renderMarkdown, renderText, verdictOf, verdictsOf } from './brief/index.ts'
export type { Brief, BriefIssue, BriefSpec, BriefStatus, CheckedAgainst, Claim, ClaimSpec } from './brief/index.ts'
export type { ClaimStatus, ClaimTest, Confidence, ConfidenceReading, Draft, Drafted } from './brief/index.ts'
export type { DraftSource, DraftSpec, FindingLink, FoundSource, Heading, Imported, ImportNote } from './brief/index.ts'
export type { LeftOut, Merged, ModelEffects as DraftEffects, Quote, RunEvidence, Section } from './brief/index.ts'
export type { Source, SourceKind, SourceText, StudiesHere, Verdict } from './brief/index.ts'
export type { ByModel, Contradiction, DraftPlan, DraftSampling, DraftStop, HistoryLine, Moment } from './brief/index.ts'

// A folder of one's own: config, its studies and runs.
export { defineConfig, deleteRun, findRun, findStudy, machineChecks, readConfig, readOneRun } from './project/index.ts'
export { readRunFolder, runNames, runsFolder, studiesHere, version, writeStarter } from './project/index.ts'
export type { CommandAgent, EndpointAgent, OwnAgent, OwnAgentOptions } from './model/index.ts'
export type { Config, FoundStudy, MachineCheck, OneRun, TrialStart } from './project/index.ts'

// The viewer, and a copy of it for disks.
export { exportViewer, pageFolder, projectSource, serveViewer } from './server/index.ts'
export type { Exported, ExportOptions, Serving, Source as ViewerSource, ViewerOptions } from './server/index.ts'

// What a plan may cost.
export { agentCeiling, pricedByName } from './cli/index.ts'
export type { Dollars, Priced } from './cli/index.ts'
