import type { OptionsOf } from '../option.ts'

/** Options of `assay brief`. */
export const briefOptions = {
  as: {
    type: 'choice',
    value: '<form>',
    of: ['text', 'markdown', 'html'],
    says: 'form of render',
    default: 'text',
  },
  out: { type: 'text', value: '<file>', says: 'write there instead of to the terminal' },
  runs: { type: 'text', value: '<dir>', says: 'the folder of runs (default: .assay/runs)' },
  claim: {
    type: 'text',
    value: '<id>',
    says: 'status: one claim in full, down to the journal events under it',
  },
  run: { type: 'text', value: '<name>', says: 'link: the run that decides claims' },
  replaceHashes: { type: 'flag', says: 'link: replace the stored hashes', formerly: 'anew' },
  staleAfter: {
    type: 'whole',
    value: '<days>',
    says: 'check: age at which a brief is stale (default: none)',
  },
  accept: {
    type: 'text',
    value: '<which>',
    says: 'update: changes to make: all, none, or numbers such as 1,3-5 (default: ask, or write nothing)',
  },
  title: { type: 'text', value: '<text>', says: 'draft: title of the brief' },
  claims: { type: 'whole', from: 1, value: '<n>', says: 'draft: claims at most' },
  model: {
    type: 'text',
    value: '<name>',
    says: 'draft: a model that reads the sources (default: the extractive baseline)',
  },
  maxCost: { type: 'dollars', value: '<dollars>', says: 'draft: stop before the model costs more than this' },
  maxTokens: { type: 'whole', value: '<n>', says: 'draft: stop before the model uses more tokens than this' },
  concurrency: { type: 'whole', from: 1, value: '<n>', says: 'draft: windows at once', default: 4 },
  temperature: { type: 'number', from: 0, value: '<t>', says: "draft: sampling temperature (default: the provider's)" },
  effort: { type: 'text', value: '<level>', says: "draft: reasoning effort, by the provider's name for it" },
  maxOutputTokens: {
    type: 'whole',
    from: 1,
    value: '<n>',
    says: 'draft: tokens of one reply, reasoning included (default: 2,000 a window, 4,000 for the claims)',
  },
} as const

export type BriefOptions = OptionsOf<typeof briefOptions>
