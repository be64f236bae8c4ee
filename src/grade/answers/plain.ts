/** Raised digits and signs as they are in a power. */
const RAISED: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from('⁰¹²³⁴⁵⁶⁷⁸⁹')
    .map((raised, digit) => [raised, String(digit)] as const)
    .concat([
      ['⁻', '-'],
      ['⁺', ''],
    ]),
)

/** `⅓`, `½` and the like, as a blank and a fraction: `4½` is `4 1/2`. */
function vulgar(text: string): string {
  return text.replaceAll(/(\d?)(\p{No})/gu, (whole, before: string, sign: string) => {
    const wide = sign.normalize('NFKC')
    return wide.includes('\u2044') ? `${before}${before === '' ? '' : ' '}${wide.replace('\u2044', '/')}` : whole
  })
}

/** Formulas as a person would type them: `\frac{1}{4}` is `1/4`, `3 \times 10^{8}` is `3 × 10^8`. */
function typed(text: string): string {
  return text
    .replaceAll(/\\[dtc]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, ' $1/$2 ')
    .replaceAll(/\\[dtc]?frac\s*(\d)\s*(\d)/g, ' $1/$2 ')
    .replaceAll(/\\(?:text|mathrm|mathbf|mathit|textbf|operatorname|bf|rm)\s*\{([^{}]*)\}/g, ' $1 ')
    .replaceAll(/\{\s*([,.])\s*\}/g, '$1')
    .replaceAll(/\\[,;:! ]/g, '')
    .replaceAll(/\\(?:times|cdot)\b/g, '×')
    .replaceAll(/\\div\b/g, '÷')
    .replaceAll(/\\(?:approx|sim|simeq)\b/g, '≈')
    .replaceAll(/\\(?:to|rightarrow|Rightarrow|implies)\b/g, '→')
    .replaceAll(/\\pm\b/g, '±')
    .replaceAll(/\\%/g, '%')
    .replaceAll(/\\\$/g, 'USD ')
    .replaceAll(/\\(?:left|right|displaystyle|quad|qquad|circ)\b/g, ' ')
    .replaceAll(/\\[()[\]]/g, ' ')
    .replaceAll(/\^\s*\{\s*([^{}]*?)\s*\}/g, '^$1')
}

/**
 * Text as it would be typed without a formatter: formulas, raised digits, signs of fractions, digits of other scripts, quotes and
 * blanks. Bold and boxes stay, for {@link unmarked}.
 */
export function plainText(text: string): string {
  return typed(
    vulgar(text.replaceAll(/[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+/g, (run) => `^${Array.from(run, (sign) => RAISED[sign] ?? '').join('')}`)),
  )
    .normalize('NFKC')
    .replaceAll(/\p{Nd}/gu, (digit) => asciiDigit(digit))
    .replaceAll(/[\u2018\u2019\u02bc\u2032\u00b4`\u201b]/g, "'")
    .replaceAll(/[\u201c\u201d\u201e\u00ab\u00bb\u2033]/g, '"')
    .replaceAll(/[\u2010-\u2012\u2212\ufe63\uff0d]/g, '-')
    .replaceAll(/[\u00a0\u2000-\u200a\u202f\u3000]/g, ' ')
    .replaceAll(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '')
}

/** Digits of a script come in runs of ten, zero first. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 48
  if (code < 128) return digit
  let zero = code
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1
  return String((code - zero) % 10)
}

/** Without marks of emphasis, headings, boxes and dollar signs round formulas. */
export function unmarked(text: string): string {
  return text
    .replaceAll(/\\(?:boxed|fbox)\s*\{([^{}]*)\}/g, ' $1 ')
    .replaceAll(/\$\$([\s\S]*?)\$\$/g, ' $1 ')
    .replaceAll(/\$([^$\n]*?[=\\^{}/a-z×][^$\n]*?)\$/g, ' $1 ')
    .replaceAll(/\$(-?[\d.,/ ]+)\$/g, ' $1 ')
    .replaceAll(/[*_]{2,}/g, '')
    .replaceAll(/(^|[\s(])[*_](\S(?:[^*_\n]*\S)?)[*_](?=$|[\s).,;:!?])/g, '$1$2')
    .replaceAll(/^\s{0,3}#{1,6}\s+/gm, '')
    .replaceAll(/<\/?(?:b|i|em|strong|u|code|p|br|sub)\s*\/?>/gi, ' ')
}
