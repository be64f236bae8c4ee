import type { Stance } from '../quote.ts'

/** Amounts: digits, larger number words, shares, multiples. */
const AMOUNT =
  /\d+(?:[.,]\d+)*|\b(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|half|third|quarter|tenth|fifth|twice|double[ds]?|halved|tripled)\b/gi
/** Small numbers in words: as often a manner of speaking as a count. */
const FEW = /\b(?:two|three|four|five|six|seven|eight|nine)\b/gi
/** Numbers that only say when, where or which. */
const LABEL =
  /\b(?:in|on|since|until|week|day|ward|floor|page|room|version|appendix|section|table|figure|number|no\.|box|building|chapter|line|January|February|March|April|May|June|July|August|September|October|November|December)\s+(?:\d+(?:\.\d+)?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b(?!\s*(?:%|per ?cent|of))/gi
/** A share, a ratio, or a change from one amount to another: what was measured, more often than what happened. */
const RATIO =
  /%|\bper ?cent\b|\bpercentage\b|\b(?:\d[\d,.]*|[a-z]+(?:[ -][a-z]+)?) (?:in|of|out of) (?:the |every |a )?(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|sixteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)\b|\bfrom [^,.;]{1,30} to\b|\b(?:a|one|two|nearly a|about a) (?:third|quarter|half|fifth|tenth)s?\b|\b(?:twice|half|three times|times) as\b|\b(?:mean|median|average|rate of|share of)\b/i
/** An amount with what became of it. */
const MEASURED =
  /\b(?:went (?:up|down)|fell|rose|dropped|grew|increased|decreased|raised|lowered|doubled|halved|costs?|saved?|more than|less than|fewer than|at least|at most|a (?:year|month|week|day|shift))\b/i
/** Amounts of time alone are what happened to somebody, more often than what was measured. */
const TIME =
  /\b(?:minutes?|hours?|o['’]clock|days?|weeks?|months?|years?|seconds?|in the (?:morning|afternoon|evening)|past (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))\b/i
/** How something came to be known. */
const FOUND =
  /\b(?:found|measured|checked|tested|counted|compared|assessed|re-assessed|reviewed|logged|recorded|sampled|audited|re-checked|surveyed|study|trial|pilot|evaluation|sample|logs?|data|records|returns?|interviewed)\b/i
/** What holds always, never, or only for some. */
const GENERAL =
  /\b(?:never|none|no one|nobody|always|only|every|all of|any|must|may not|not allowed|have to|required|because|so that|unless|instead of|rather than|whenever)\b/i
/** Talk about the talk, and manners. */
const SMALL =
  /\b(?:thank|thanks|welcome|hello|good morning|good evening|sorry|laugh|coffee|tea|lunch|biscuit|cake|mute|slide|microphone|recording|listeners|episode|podcast|audience|question from|next question|let['’]s (?:move|go|take|talk)|come back to|we['’]re back|joke|funny|anyway|you know who)\b/i
/** Text that sells something, and text that speaks to a machine that reads it. */
const SOLD =
  /\b(?:brought to you by|sponsor(?:ed|s)?|advert(?:isement|orial)?|promo(?:tion)? code|discount|per cent off|% off|free for \d|try it (?:free|today|now)|book now|order now|sign up|guaranteed|call now|visit (?:our|us)|offer ends|available at)\b/i
const TO_MACHINES =
  /\b(?:AI|language|chat ?bots?|assistants?|(?:AI )?models?|summari[sz]ers?|LLMs?)\b[^.]{0,60}\b(?:summari[sz]|read(?:s|ing)? this|process(?:es|ing)? this|should (?:say|state|write|recommend)|must (?:say|state|write|recommend)|ignore)\b|\b(?:ignore|disregard|forget) (?:all |any |your |the )?(?:previous|prior|above|earlier|other) (?:instructions?|rules|text)\b|\b(?:system prompt|in your summary|when (?:you )?summari[sz]ing)\b/i

/** What a reader wants to know of a stance: what was only heard, what was taken back, what is to come, what somebody thinks. */
const WANTED: Readonly<Record<Stance, number>> = {
  asserted: 0,
  hedged: 0,
  reported: 0.3,
  opinion: 1.3,
  prediction: 1.7,
  hearsay: 2.1,
  retracted: 2.1,
}

/** Why a sentence says nothing of the matter, where its words show that. */
export function besidesTheMatter(text: string): string | undefined {
  if (SOLD.test(text)) return 'it sells something'
  if (TO_MACHINES.test(text)) return 'it speaks to a program that reads it'
  return undefined
}

/**
 * How much a sentence says that a reader of a brief wants: amounts, how they were found, what holds always, what somebody thinks will
 * come; less for small talk. By words alone, and in no unit.
 *
 * @param central how central it is to its source, 1 on average
 * @param how what is rarer than a plain assertion is wanted more
 */
export function salienceOf(text: string, central: number, how: Stance): number {
  const words = text.match(/[\p{L}\p{N}'’-]+/gu)?.length ?? 0
  const counted = text.replaceAll(LABEL, ' ')
  const [large, small] = [counted.match(AMOUNT)?.length ?? 0, counted.match(FEW)?.length ?? 0]
  const amounts = large + 0.5 * small
  return (
    Math.min(2, amounts) * (RATIO.test(text) ? 1 : TIME.test(text) ? 0.4 : 0.7) +
    (RATIO.test(text) ? 1 : 0) +
    (MEASURED.test(text) ? (amounts > 0 ? 0.8 : 0.2) : 0) +
    (FOUND.test(text) ? 0.5 : 0) +
    (GENERAL.test(text) ? 0.5 : 0) +
    WANTED[how] +
    0.8 * Math.min(2, central) -
    (SMALL.test(text) ? 1 : 0) -
    (words < 8 ? 0.8 : 0) -
    (words > 24 ? 0.5 : 0) -
    (words > 34 ? 0.7 : 0)
  )
}
