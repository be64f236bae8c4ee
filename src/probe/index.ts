export { askMonitor, MONITOR_VERSION, monitorQuestion, suspicionIn, type Monitor } from './monitor/asked.ts'
export { bestOf } from './monitor/best-of.ts'
export { rulesScore, signsIn } from './monitor/rules.ts'
export { reasoningIn, VIEWS, viewText, type SeenAct, type Transcript, type View } from './monitor/transcript.ts'
