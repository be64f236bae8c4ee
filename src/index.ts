// What the package gives. Every type that a function here takes or returns has a name here too, so that others can write
// down what they make of it: test/package/consumer.slow.test.ts fails on one that has not.

// Errors: one type, with a stable code and the command's exit code.
export { AssayError } from './assay-error.ts'
export type { ExitCode } from './assay-error.ts'

// A study: factors, measures, controls, plan.
export { above, analyse, below, between, cents, count, days, defineStudy, exactly, finding } from './study/index.ts'
export { findingSchema, levels, makePlan, mean, pairedDifference, proportion, score, share } from './study/index.ts'
export { timeUntil } from './study/index.ts'
export type { Analysed, Analysis, AnalysisInput, CarryEffects, CellOf, Control, ControlReading } from './study/index.ts'
export type { Denominator, Expectation, Factor, FigureData, Finding, Flag, MeanOptions } from './study/index.ts'
export type { Measure, PairedOptions, Plan, PlannedTrial, PlanRequest, PlantedTokens } from './study/index.ts'
export type { PlantedTrial, Policy, Provenance, Reading, RequiredMeasure, RowsOf, RunStanding } from './study/index.ts'
export type { SeriesFigure, Study, StudySpec, Task, TimeUntilOptions, ValuesOf } from './study/index.ts'

// Analyses beyond means: long work, paid work.
export { costPerSuccess, hazardPerStep, hazardPerTurn, horizon, pairedEffects, recall } from './study/length/index.ts'
export { successWithin } from './study/length/index.ts'
export type { CostPerSuccessOptions, HazardPerStepOptions, HorizonOptions } from './study/length/index.ts'
export type { PairedEffectsOptions, Pooling, RecallOptions, Spend, SuccessWithinOptions } from './study/length/index.ts'
export { earned } from './study/pay/index.ts'
export type { EarnedOptions } from './study/pay/index.ts'

// How findings read: sentences, tables, charts of characters, figures as SVG.
export { controlsSentence, controlsTable, curveFigure, findingLine, findingParagraph } from './study/say/index.ts'
export { findingParts, intervalChart, intervalFigure, readingTable, seriesChart } from './study/say/index.ts'
export { seriesFigure } from './study/say/index.ts'
export type { CurveFigureOptions, FindingParts, IntervalChartOptions } from './study/say/index.ts'
export type { IntervalFigureOptions, MeanLine, Paint, SeriesChartOptions } from './study/say/index.ts'
export type { SeriesFigureOptions, SeriesLine, TextTable, Threshold } from './study/say/index.ts'

// Runs: start, resume, read.
export { readingOf, resumeRun, startRun } from './run/index.ts'
export type { AgentProgress, Progress, RunAsked, RunCaps, RunEffects, RunEnd, RunOptions, Spent } from './run/index.ts'

// The record of a run: journals, outcomes, messages.
export { allEvents, randomFrom, readEvents, readOutcomes, readRun, runPaths, seedFrom } from './record/index.ts'
export type { Aside, AssistantMessage, BodyOf, CallTiming, ContentStore, Cost, Cut } from './record/index.ts'
export type { Durability, Event, EventBody, EventPage, FileChange, InputRef, Journal, Json } from './record/index.ts'
export type { JsonObject, Message, Outcome, Part, Placed, Random, Redact, ReplicationRecord } from './record/index.ts'
export type { RetryRecord, RunPaths, RunRecord, RunSummary, ToolMessage, TrialStatus, Usage } from './record/index.ts'

// Several runs: compare, replicate, pool; thresholds.
export { compareRuns, forestRows, judgeable, judgeReplication, poolRuns } from './study/across/index.ts'
export { replicationRule } from './study/across/index.ts'
export type { CompareOptions, Comparison, DesignDifference, Pooled, PoolPart } from './study/across/index.ts'
export type { ReplicationStatus, ReplicationTerms, ReplicationVerdict, RunRead } from './study/across/index.ts'
export { gate, gateMarkdown, junit, parsePolicy } from './study/gate/index.ts'
export type { GateCheck, GatePolicy, GateResult, GateRule } from './study/gate/index.ts'

// What a design can see, and what to buy.
export { assumptionsText, detectable, detectableEffect, mergedQuestions, powerQuestions } from './study/power/index.ts'
export { purchase, spreadOf } from './study/power/index.ts'
export type { Assumptions, By, Detectable, PowerDesign, PowerQuestion, Purchase, Size } from './study/power/index.ts'
export type { Spread, Wanted } from './study/power/index.ts'

// Published numbers, recomputed from rows.
export { audit, readPublished } from './study/audit/index.ts'
export type { Audit, AuditOptions, Oddity, Published, Recomputed, Variant } from './study/audit/index.ts'
export { KINDS, readMap, readRecode, ROW_KINDS } from './rows/index.ts'
export type { Column, ColumnType, Kind, ReportCheck, RowKind, RowOptions } from './rows/index.ts'

// Models: who answers, and what it costs.
export { controlFrom, controlModels, costOf, defineControlModel, findWeights, localModels } from './model/index.ts'
export { openControl, openModel, prices, providers, pullModel, serveChatCompletions } from './model/index.ts'
export type { Answer, AskOptions, ControlModel, ControlOptions, ControlSpec, Delta } from './model/index.ts'
export type { Effects as ModelEffects, Failure, FailureKind, Finish, Injection, Inside } from './model/index.ts'
export type { InsideFacts, JsonSchema, LimitChange, Limiter, Limiters, LocalModelEntry } from './model/index.ts'
export type { LocalWeights, Model, NextOptions, OpenOptions, Pair, Patch, PipCommand, Planted } from './model/index.ts'
export type { PlantedReply, Price, Provider, PullOptions, PullProgress, Quirks, Reply, Request } from './model/index.ts'
export type { Retry, RetryPolicy, Sampling, Scheduled, Scored, ServedModel, ServeOptions, Slot } from './model/index.ts'
export type { Template, Timeouts, Timing, TokenLogprob, TokenState, ToolSchema, WeightsSource } from './model/index.ts'
export type { WriteOptions, Written } from './model/index.ts'

// Agents: the loop, tools, limits, compaction.
export { defineTool, Interruption, NOTES_TOOL, plainScaffold, RECALL_REQUEST, recallPoints } from './agent/index.ts'
export { runAgent, SAVE_REQUEST, STRATEGIES, SUMMARY_REQUEST } from './agent/index.ts'
export type { AgentTask, Compaction, Effects, Ending, FactTrace, Limits, Meters, ProbeMeters } from './agent/index.ts'
export type { RecallRow, Reservation, Scaffold, Strategy, Tool, ToolOutcome, ToolSpec, View } from './agent/index.ts'

// Worlds, sandboxes, families of tasks.
export { bubblewrap, defineFamily, defineWorld, docker, INBOX_ERRANDS, INBOX_GOALS, inboxTask } from './world/index.ts'
export { injectedGoal, justBash, vendingWorld, withTools, workedExamples, workspaceFamilies } from './world/index.ts'
export { workspaceWorld } from './world/index.ts'
export type { Access, ActResult, Answer as SandboxAnswer, Changed, Checked, Child, Content } from './world/index.ts'
export type { CornerAct, DockerOptions, Draft as TaskDraft, Entry, ErrandAct, ExecOptions } from './world/index.ts'
export type { Fact, FamilySpec, Files, InboxGrade, InboxOptions, InboxTask } from './world/index.ts'
export type { Injection as InboxInjection, Item, Job, Position, PureSession, PureWorld, Ran } from './world/index.ts'
export type { Readiness, Sandbox, SandboxKind, SandboxLimits, SandboxRequest, Shortest } from './world/index.ts'
export type { Snapshot, SolutionAct, TaskFamily, VendingOptions, VendingSize } from './world/index.ts'
export type { Wanted as TaskWanted, WorkedExample, WorkspaceOptions, WorkspaceTask, World } from './world/index.ts'
export type { WorldCheck, WorldSession, WorldSpec, WorldTool } from './world/index.ts'

// Attackers, behaviours, layers of defence.
export { builtInBehaviours, defineAttacker, defineLayer, readBehaviours, rubricJudge } from './attack/index.ts'
export { runAttack, stackOf, summaryOf } from './attack/index.ts'
export type { Attack, AttackEffects, Attacker, AttackerSpec, AttackSummary, Attempt } from './attack/index.ts'
export type { Behaviour, Budget, ErrandSetting, Goal, Judge, JudgeVerdict, Knows, Layer } from './attack/index.ts'
export type { LayerMeans, LayerSpec, Means, Move, Passing, RowBehaviourOptions, Stack, Stage } from './attack/index.ts'
export type { Tried, Verdict as LayerVerdict } from './attack/index.ts'

// The inside of a local model.
export { conceptNamed, concepts, directionFrom, findDirection, heldOutByLayer, openInside } from './probe/index.ts'
export { plantedInside, probeScores, probing, textsOf, trainMonitor, trainProbe, withInside } from './probe/index.ts'
export type { Concept, ConceptTexts, Contrast, DirectionKind, Halves, HeldOut, InsideOptions } from './probe/index.ts'
export type { LinearProbe, Look, Monitor, Phrases, Planted as PlantedInside, Vector } from './probe/index.ts'

// Built-in studies, and those made from files.
export { builtIn, loadBuiltIn } from './studies/index.ts'
export { breachStudy } from './studies/breach/index.ts'
export type { BreachOptions } from './studies/breach/index.ts'
export { casesStudy, readCases } from './studies/cases/index.ts'
export type { Case, CheckName } from './studies/cases/index.ts'

// Briefs: claims, evidence, pages.
export { briefStatus, briefYaml, checkBrief, draftBrief, draftSources, editBrief, evidenceOf } from './brief/index.ts'
export { importText, linkRun, makeBrief, mergeImport, parseBrief, readSource, renderHtml } from './brief/index.ts'
export { renderMarkdown, renderText, verdictOf, verdictsOf } from './brief/index.ts'
export type { Brief, BriefIssue, BriefSpec, BriefStatus, CheckedAgainst, Claim, ClaimSpec } from './brief/index.ts'
export type { ClaimStatus, ClaimTest, Confidence, ConfidenceReading, Draft, Drafted } from './brief/index.ts'
export type { DraftSource, DraftSpec, FindingLink, FoundSource, Heading, Imported, ImportNote } from './brief/index.ts'
export type { LeftOut, Merged, ModelEffects as DraftEffects, Quote, RunEvidence, Section } from './brief/index.ts'
export type { Source, SourceKind, SourceText, Verdict } from './brief/index.ts'

// A folder of one's own: config, its studies and runs.
export { defineConfig, findRun, findStudy, opener, pageFolder, readConfig, readOneRun } from './cli/index.ts'
export { readRunFolder, runNames, runsFolder } from './cli/index.ts'
export type { Config, FoundStudy, OneRun } from './cli/index.ts'

// The viewer, and a copy of it for disks.
export { exportViewer, serveViewer } from './server/index.ts'
export type { Exported, ExportOptions, Serving, Source as ViewerSource, ViewerOptions } from './server/index.ts'
