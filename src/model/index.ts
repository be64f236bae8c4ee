export { splitThoughts } from './chat-completions/thoughts.ts'
export { controlFrom, controlModels, defineControlModel, openControl } from './control/index.ts'
export type { ControlModel, ControlOptions, ControlSpec, Planted, PlantedReply } from './control/index.ts'
export { ceiling, costOf, FREE, isFree, isMetered } from './cost.ts'
export type { Price, Pricing } from './cost.ts'
export type { Effects } from './effects.ts'
export type { LimitChange, Limiter, Slot } from './limiter.ts'
export type { Inside, InsideFacts, Injection, NextOptions, Pair, Patch } from './inside.ts'
export type { Scheduled, TokenState, WriteOptions, Written } from './inside.ts'
export type {
  Answer,
  AskOptions,
  Delta,
  Failure,
  FailureKind,
  Finish,
  JsonSchema,
  Model,
  Reply,
  Request,
  Retry,
  Sampling,
  Scored,
  Template,
  Timing,
  TokenLogprob,
  ToolSchema,
} from './model.ts'
export { parseModelName } from './names.ts'
export type { ModelName } from './names.ts'
export { ownAgentRow } from './own/agent-row.ts'
export type { CommandAgent, EndpointAgent, OwnAgent } from './own/agent-row.ts'
export { ownAgent } from './own/own-agent.ts'
export type { OwnAgentOptions } from './own/own-agent.ts'
export { openModel, shareLimiters } from './open.ts'
export type { Limiters, OpenOptions } from './open.ts'
export { prices, pricingOf } from './prices.ts'
export { onlyFields, priceRow, providerRow } from './provider-row.ts'
export { providers } from './providers.ts'
export type { Provider } from './providers.ts'
export { secretsSent } from './secrets.ts'
export { serveChatCompletions } from './serve-chat-completions.ts'
export type { ServedModel, ServeOptions } from './serve/serve.ts'
export {
  findWeights,
  hasClassifier,
  missingClassifier,
  injectionClassifier,
  LOCAL_WINDOW,
  localModels,
  modelsFolder,
  openClassifier,
  openLocal,
  pullClassifier,
  pullModel,
  sha256Of,
} from './local/index.ts'
export type {
  ClassifierEntry,
  LocalModelEntry,
  LocalOptions,
  LocalWeights,
  PullOptions,
  PullProgress,
  TextClassifier,
} from './local/index.ts'
export type { Quirks } from './chat-completions/quirks.ts'
export type { Timeouts } from './http/timeouts.ts'
export type { WeightsSource } from './local/catalogue.ts'
export type { PipCommand } from './local/fetched.ts'
export type { RetryPolicy } from './retry.ts'
export { tryTools } from './try-tools.ts'
export type { ToolTrial } from './try-tools.ts'
