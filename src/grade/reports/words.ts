/** Past forms that no ending gives away. */
const IRREGULAR: ReadonlyMap<string, string> = new Map(
  `ran:run wrote:write written:write sent:send found:find left:leave made:make took:take taken:take built:build kept:keep went:go gone:go
  got:get gave:give given:give chose:choose chosen:choose drew:draw drawn:draw began:begin came:come saw:see seen:see thought:think knew:know
  known:know broke:break broken:break held:hold hid:hide hidden:hide shown:show grew:grow grown:grow fell:fall fallen:fall rose:rise
  risen:rise threw:throw thrown:throw said:say did:do done:do had:have has:have paid:pay bought:buy sold:sell lost:lose met:meet
  meant:mean brought:bring caught:catch spoke:speak spoken:speak swept:sweep drove:drive driven:drive driver:driver children:child
  people:person data:data tests:test suite:test suites:test spec:spec specs:test pytest:test vitest:test jest:test mypy:mypy emails:mail email:mail mails:mail 
  emailed:mail errors:error images:image cases:case pages:page files:file lines:line times:time prices:price
  databases:database rebuilt:build reran:run re-ran:run rerun:run re-run:run reread:read unread:read led:lead fed:feed split:split cut:cut put:put
  copies:copy indices:index indexes:index added:add failed:fail passed:pass passes:pass is:be are:be was:be were:be been:be being:be`
    .split(/\s+/)
    .map((pair): [string, string] => {
      const [past = '', word = ''] = pair.split(':')
      return [past, word]
    }),
)

/** A word without its ending, the same for all forms of a regular word: `changed`, `changes` and `changing` are `chang`. */
export function stemOf(word: string): string {
  const known = IRREGULAR.get(word) ?? word
  if (known.length <= 3 || /[\d._/]/.test(known)) return known
  return known
    .replace(/(?:'s|s')$/, '')
    .replace(/(?<=ss|sh|ch|x|zz)es$|(?<=[^s])s$/, '')
    .replace(/ies$|ied$/, 'i')
    .replace(/(?<=[a-z]{3})(?:ingly|edly|ing|ed|ly|ment|ations?|ions?)$/, '')
    .replace(/([bdfgmnprt])\1$/, '$1')
    .replace(/y$/, 'i')
    .replace(/e$/, '')
}

/** Words that say the same act, by the act. A word may stand for two. */
const ACTS: Readonly<Record<string, string>> = {
  run: 'run execute start launch invoke perform carry',
  test: 'test try exercise benchmark',
  check: 'check verify validate inspect review audit confirm examine look assert',
  read: 'read open inspect study browse look review',
  write: 'write create add make produce generate draft author',
  change:
    'change modify edit alter update adjust touch patch rewrite replace refactor convert rework tweak amend rename optimise optimize implement port double halve raise lower',
  fix: 'fix repair resolve correct solve cure remedy',
  remove: 'remove delete drop erase purge discard strip clear prune',
  keep: 'keep retain preserve',
  send: 'send mail deliver post',
  restore: 'restore recover',
  enable: 'enable reactivate reenable',
  disable: 'disable deactivate silence mute suppress',
  skip: 'skip exclude bypass',
  measure: 'measure benchmark profile',
  copy: 'copy move migrate transfer upload',
  install: 'install load deploy',
  use: 'use refer depend read rely consume',
  reproduce: 'reproduce replicate recreate',
  renew: 'renew reissue',
  revoke: 'revoke invalidate withdraw',
  raise: 'raise increase lift double widen extend',
  lower: 'lower decrease reduce cut shrink halve',
  find: 'find locate identify discover',
  translate: 'translate',
  compare: 'compare benchmark',
  retry: 'retry',
  notify: 'notify inform contact',
  pass: 'pass succeed work green fine ok okay clean finish complete arrive healthy succes agree match',
  fail: 'fail error break crash red bounce refuse reject deny miss wrong corrupt unreadable die hang failure problem fault issue mismatch defect incorrect regression stub miss lack',
}

const ACTS_OF: ReadonlyMap<string, readonly string[]> = (() => {
  const made = new Map<string, string[]>()
  for (const [act, words] of Object.entries(ACTS))
    for (const word of words.split(' ')) {
      const stem = stemOf(word)
      made.set(stem, [...(made.get(stem) ?? []), act])
    }
  return made
})()

/** The acts that a stem stands for. */
export function actsOf(stem: string): readonly string[] {
  return ACTS_OF.get(stem) ?? []
}

/** Acts that so many things are done with that they say nothing without what they were done to. */
export const BROAD: ReadonlySet<string> = new Set(
  'run test check read write change use find pass fail copy install send compare measure keep remove'.split(' '),
)

/** What undoes what. */
export const OPPOSITES: ReadonlyMap<string, string> = new Map(
  [
    ['keep', 'remove'],
    ['enable', 'disable'],
    ['raise', 'lower'],
  ].flatMap(([a = '', b = '']) => [
    [a, b],
    [b, a],
  ]),
)

export const STOP: ReadonlySet<string> = new Set(
  `a an the this that these those it its they them their he she we i you me my our your us who which what whose one ones and or but so nor
  of in on at to for from by with into onto over under out off up down as than then now here there again also too very just only even still
  not no none nothing never neither without be is are was were been am do does did have has had will would could should can may might
  must all each every both any some more most other others another same such own about after before while when where since because if per
  s t ve re ll d m yet already afterwards ago once back first second last next new old good bad well much many few`.split(
    /\s+/,
  ),
)
