import { isDenied } from '../answers/negation.ts'
import { jsonsIn } from '../answers/json.ts'
import { isObject } from '../../record/index.ts'
import { isChanged, ownWords, saidWithQuotes, settled } from './said.ts'
import type { PairVerdict, Said } from './verdict.ts'

/** What the two are called, in the languages that judges answer in. */
const NOUN =
  '(?:the |die |la |le |a |o |de )?(?:responses?|answers?|assistants?|models?|candidates?|options?|repl(?:y|ies)|outputs?|texts?|versions?|essays?|summar(?:y|ies)|translations?|antwort|respuesta|réponse|resposta|risposta|odpowiedź|antwoord|ответ)'
const EDGE = '(?<![\\p{L}\\p{N}_])'
const STOP = '(?![\\p{L}\\p{N}_])'

/** How one of two is named. */
const ONE = `(?:${NOUN} |the |die |la )?["'(\\[]*(?:(?<A>A|1|(?:first|former)(?: one)?|erste|primera|primeira|première|prima)|(?<B>B|2|(?:second|latter)(?: one)?|zweite|segunda|deuxième|seconde|seconda))${STOP}["')\\]]*(?: ${NOUN})?`
const TIE = `(?<tie>tied?|draws?|drawn?|equal(?:ly good|ly matched)?|even|no (?:clear )?winner|A ?= ?B|C|unentschieden|empate|égalité|pareggio|remis|gelijk(?:spel)?|ничья|引き分け|同点)${STOP}`
const BAD = `(?<bad>both[ _-]?bad|both (?:are |were )?(?:bad|wrong|poor|unacceptable|fail\\w*)|neither)${STOP}`
const ANY = `(?:${TIE}|${BAD}|${ONE})`

const KEY =
  '(?:(?:my |the |our )?(?:final |overall |revised |corrected |new )*(?:verdict|winner|decision|choice|judge?ment|preference|pick|vote|answer|result|conclusion|better (?:one|response|answer|reply)|best (?:one|response|answer)|outcome|urteil|ergebnis|sieger|gewinner|veredicto|veredito|ganadora?|gagnante?|verdetto|vincitore|werdykt|oordeel|вердикт|判定))'

const formal = [
  `\\[\\[\\s*${ANY}\\s*\\]\\]`,
  `<(?:verdict|winner|answer|choice)>\\s*${ANY}\\s*</`,
  `${EDGE}${KEY}${STOP}(?:\\s*(?:is|goes to|would be|remains|was|ist|es|est|é|è|:|=|-|–|—|->|→)+\\s*)+(?:now |clearly |still |therefore |then |an? (?=tie|draw|even|equal)|the (?=tie|draw|first|second|former|latter)|for )*${ANY}${STOP}`,
  `^\\W*${ANY}\\W*$`,
  // The last sentence is a pick and nothing else: "Overall, then, B." "A it is."
  `(?:^|[.!?]\\s+|\\n\\s*)(?:(?:so|overall|then|thus|hence|therefore|final(?:ly)?|mine is|i say|my pick is|it is|it's|ok|and|but)[\\s,:—–-]+)*${ANY}(?: it is|,? (?:without (?:a )?doubt|no doubt|clearly|easily|by (?:far|a mile)))?[.!]*\\s*(?![\\s\\S])`,
].map((source) => new RegExp(source, 'gimu'))

const BETTER = `(?:(?:is|was|does|did|performs?|seems|looks|reads|comes out|ends up|are|ist|es|est|é|è|jest)(?: the)?(?: \\w+ly| much| far| slightly| somewhat| a bit| a little| still| simply| just)*(?: the| die| la)? (?:better|best|stronger|superior|preferable|winner|preferred|ahead|on top|more (?:accurate|helpful|complete|correct|useful|convincing|thorough)|clear winner|besser\\w*|bessere|mejor|meilleure?|melhor|migliore|lepsza|lepszy|beter)|wins?${STOP}|won${STOP}|has the edge|edges? (?:out|it|ahead)|takes (?:it|this|the)|beats|outperforms|comes out (?:ahead|on top)|gets my vote|is my (?:pick|choice))`

const prose = [
  `${EDGE}(?:${NOUN} )?(?:(?<B>A)|(?<A>B))${STOP} (?:is|are|was|does|did) (?:clearly |much |far |slightly |somewhat )*(?:worse|weaker|inferior|poorer|the (?:worse|weaker|loser))${STOP}`,
  `${EDGE}${ONE} (?:clearly |narrowly |easily |just |definitely |slightly |simply )*${BETTER}`,
  `${EDGE}(?:i|we|i'd|i would)(?: would| 'd| clearly| slightly| strongly| still| therefore| must| have to)* (?:prefer|choose|pick|go (?:with|for)|favou?r|vote for|select|side with|opt for|lean (?:towards?|to)|give (?:it|this|the win) to|rank) ${ONE}`,
  `${EDGE}(?:better|best|stronger|superior|winning|preferred)(?: ${NOUN}| one)?(?: overall| here)?(?: is|:| was| would be) ${ONE}`,
  `${EDGE}(?:goes|go|points?|edge|win|victory|advantage) (?:narrowly |clearly )?(?:to|for) ${ONE}`,
  `${EDGE}(?:it(?:'s| is)|this is|i(?:'d| would)? call (?:it|this)|call it|i declare|declare|ends in|end(?:s)? as) (?:a |an )?(?<tie>tie|draw|dead heat|wash|toss-?up|even)${STOP}`,
  `${EDGE}(?:they|both|the two|the (?:responses|answers)|both (?:responses|answers))(?: \\w+)? (?:are|were|is) (?:about |roughly |pretty much |essentially |exactly |just as |basically )*(?<tie2>equal(?:ly (?:good|strong|helpful|matched))?|equivalent|tied|on a par|on par|as good as each other|evenly matched|the same|indistinguishable|equally)${STOP}`,
  `${EDGE}(?<tie3>equally (?:good|strong|helpful|matched|correct)|evenly matched|no (?:meaningful |real )?difference|neither (?:\\w+ )?is better|cannot separate|can't separate|too close to call|six of one|nothing (?:to choose|between them)|igual(?:es|mente)? de buen\\w+|igualmente bo?u?[ea]n\\w*|gleich gut|gleichwertig|aussi bonnes?|ugualmente|równie dobre|even goed)`,
  `${EDGE}(?<bad>both (?:\\w+ ){0,3}?(?:bad|wrong|poor|unacceptable|unusable|inadequate|terrible|useless|fail\\w*|awful|worthless)|neither (?:\\w+ ){0,3}?(?:acceptable|good|correct|right|usable|adequate|helpful|useful|answers?|deserves|works|passes)|(?:both|the two) (?:\\w+ ){0,2}?are (?:\\w+ ){0,2}?(?:bad|wrong|poor)|(?:throw|bin|reject|discard|fail) (?:them )?both|throw both|beide[^.\\n]{0,40}(?:schlecht|falsch|unbrauchbar)\\w*|ambas[^.\\n]{0,40}(?:malas|incorrectas|mal)|entramb[ei][^.\\n]{0,40}(?:scadenti|sbagliat\\w+|pessim\\w+)|les deux[^.\\n]{0,40}(?:mauvaises?|fausses?))${STOP}`,
].map((source) => new RegExp(source, 'giu'))

/**
 * Which of two a judge decided for. The last stated verdict after a change of mind wins; two without a sign of correction are none; formal
 * verdicts beat prose; thought, quoted and planted text is not the judge's.
 */
export function pairVerdict(output: string, format: string): PairVerdict {
  const text = ownWords(output)
  const found =
    fromJson(saidWithQuotes(output)) ?? fromSigns(text) ?? fromRatings(text, format) ?? fromWords(text, format)
  return found ?? 'none'
}

/** Formal verdicts beat prose, but for prose that takes the last of them back. */
function fromWords(text: string, format: string): PairVerdict | undefined {
  const [said, told] = [saidIn(text, formal, format), saidIn(text, prose, format)]
  const end = Math.max(0, ...said.map((each) => each.end))
  const later = told.filter(({ start }) => start > end && isChanged(text.slice(end, start)))
  return settled(text, said.length > 0 ? [...said, ...later] : told)
}

/** `{"winner": "A"}`; objects that disagree, and a loser who also wins, decide nothing. */
function fromJson(text: string): PairVerdict | undefined {
  const said = jsonsIn(text).flatMap(({ value }) => {
    if (!isObject(value)) return []
    const name = FIELDS.find((field) => field in value)
    if (name === undefined) return []
    return [typeof value[name] === 'string' && value[name] !== value['loser'] ? named(value[name]) : 'none']
  })
  const [first] = said
  return first === undefined || said.every((each) => each === first) ? first : 'none'
}

const FIELDS = ['winner', 'verdict', 'choice', 'answer', 'better', 'decision', 'preference', 'preferred']

function named(text: string): PairVerdict {
  const said = text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ')
  if (/^(?:(?:response|answer|assistant|model|option|candidate) )?(?:a|1)$/.test(said)) return 'A'
  if (/^(?:(?:response|answer|assistant|model|option|candidate) )?(?:b|2)$/.test(said)) return 'B'
  if (/^(?:tie|draw|tied|equal|a=b|c)$/.test(said)) return 'tie'
  return /^(?:both bad|neither)$/.test(said) ? 'both-bad' : 'none'
}

/** `[[A>>B]]`, `B > A`, `A=B`. */
function fromSigns(text: string): PairVerdict | undefined {
  const places = [
    ...text.matchAll(
      /\[\[\s*([AB])\s*([<>]{1,2}|=)\s*([AB])\s*\]\]|^\W*(?:\w+ )?([AB])\s*([<>]{1,2}|=)\s*(?:\w+ )?([AB])\W*$/gm,
    ),
  ].map((match): Said<PairVerdict> => {
    const [first, sign = '', second] = [match[1] ?? match[4], match[2] ?? match[5], match[3] ?? match[6]]
    const winner = sign.startsWith('>') ? first : second
    return {
      value: sign === '=' ? 'tie' : winner === 'A' ? 'A' : 'B',
      start: match.index,
      end: match.index + match[0].length,
    }
  })
  return places.length === 0 ? undefined : (settled(text, places) ?? 'none')
}

/** "A: 7, B: 5", where both are rated and nothing else was asked for. */
function fromRatings(text: string, format: string): PairVerdict | undefined {
  if (!/rate|A: ?n/i.test(format)) return undefined
  const rated = (name: string): number | undefined => {
    const found = [
      ...text.matchAll(
        new RegExp(`\\b(?:${NOUN} )?${name}\\b[^\\n\\d:=]{0,12}[:=]\\s*(\\d+(?:\\.\\d+)?)(?!\\s*[-–]\\s*\\d)`, 'gi'),
      ),
    ].at(-1)
    return found?.[1] === undefined ? undefined : Number(found[1])
  }
  const [a, b] = [rated('A'), rated('B')]
  if (a === undefined || b === undefined) return undefined
  const [low, high] = /(\d+) to (\d+)/.exec(format)?.slice(1).map(Number) ?? [-Infinity, Infinity]
  if ([a, b].some((each) => each < (low ?? -Infinity) || each > (high ?? Infinity))) return 'none'
  return a === b ? 'tie' : a > b ? 'A' : 'B'
}

function saidIn(text: string, patterns: readonly RegExp[], format: string): readonly Said<PairVerdict>[] {
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const { A, B, tie, tie2, tie3 } = match.groups ?? {}
      const [start, end] = [match.index, match.index + match[0].length]
      const value: PairVerdict =
        A !== undefined ? 'A' : B !== undefined ? 'B' : (tie ?? tie2 ?? tie3) !== undefined ? 'tie' : 'both-bad'
      // "C" is a tie only where the format says so, and "a" and "one" are words.
      if (/^c$/i.test(tie ?? '') && !/\[\[C\]\]/.test(format)) return []
      if (isOffered(text, start, end)) return []
      if (A === 'a' && !/[:[("']\s*a\b/.test(match[0]) && !/^\W*a\W*$/.test(match[0]) && patterns === prose) return []
      return isDenied(text, start, end) ? [] : [{ value, start, end }]
    }),
  )
}

/** Whether a verdict is one of a list, a question or a case: "A, B or TIE", "A?", "[[A]] if A is better". */
function isOffered(text: string, start: number, end: number): boolean {
  return (
    /^["')\]]*\s*(?:\?|(?:,|or|\/|\|)\s*["'([]*(?:A|B|C|TIE)\b|(?:if|when|for a tie|means|where)\b)/.test(
      text.slice(end),
    ) || /\b(?:worst to best|if|whether)[^.\n]{0,12}$/i.test(text.slice(Math.max(0, start - 24), start))
  )
}
