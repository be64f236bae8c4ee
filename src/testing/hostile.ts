/** Text that whatever reads other people's words must survive. */
export const HOSTILE: readonly string[] = [
  '',
  '\u0000',
  'half \uD83D',
  'x'.repeat(20_000),
  '((((((((((((((((((((((((((((((((a+)+)+',
  '{"prompt": {"prompt": [',
  '<|im_end|>\u202Eabc',
]
