// Words that decide what a letter means, and the everyday words that lie one slip away from them: only a word that is
// none of these is taken for a slip.
const DECISIVE =
  'account address order orders please send sent need deliver delivered delivery charge cancel cancelled refund quote price prices received arrived missing dozen cases confirm change instead'.split(
    ' ',
  )
const EVERYDAY = new Set(
  `older border orderly ordered ordering orderd sending sender seed seeds sand send's bend lend mend spend tend dent scent cent cents rent went tent
  needs needed feed weed deed pleased pleases plea delivers deliverer charged charges charger change changed changes chance
  cancels quotes quoted quota quite pride priced pricey rice precise dressed addresses accounts refunds refunded confirms confirmed
  case caste casts cakes cages care cares cared mixing mixes fixed nixed nits nut bars bar bears beer wars wafer safer water waters later
  cola cold bold sold told gold hold fold cool colder could coal pairs mint mints salt salted halted malted
  tea teas team ice iced dice rice spice still stall skill shill instance chips crips drink drinks drank drunk drinking energetic
  milky mild mile dark mark park bark juices just juicy apples orange oranges range strange arrange grange butter better bitter
  batter battery sticks stick stock stocks stuck thick dried dries tried cried mango tissue issue issues paper papers piper
  plaster blaster master cheesy chess lemon lemons noodle sandwich gum gums fruits fruity oats boat coat goat protein
  chewing chewy caramels muesli peanut nuts pretzels umbrella biscuit cookie coffees sachet liquor peppermint`.split(
    /\s+/,
  ),
)

/** A way to mend slips of the pen: `paprkia` is paprika and `sned` send. Words that somebody might have meant stay. */
export function mender(productWords: readonly string[]): (lower: string) => string {
  const words = [...new Set([...productWords, ...DECISIVE])].filter((word) => word.length >= 4)
  const known = new Set(words)
  const mended = new Map<string, string>()
  const mend = (word: string): string => {
    if (known.has(word) || EVERYDAY.has(word)) return word
    const seen = mended.get(word)
    if (seen !== undefined) return seen
    const near = words.filter((other) => oneSlip(word, other))
    const right = near.length === 1 ? (near[0] ?? word) : word
    if (mended.size < 5_000) mended.set(word, right)
    return right
  }
  return (lower) => lower.replace(/[a-z]{4,16}/g, mend)
}

/** True where two words begin alike and differ by one letter changed, left out, put in, or two neighbours exchanged. */
function oneSlip(word: string, other: string): boolean {
  // A longer or shorter form of a word is no slip.
  if (word.startsWith(other) || other.startsWith(word)) return false
  if (word[0] !== other[0] || Math.abs(word.length - other.length) > 1) return false
  let at = 0
  while (at < word.length && word[at] === other[at]) at += 1
  const [left, right] = [word.slice(at), other.slice(at)]
  if (left.length > right.length) return left.slice(1) === right
  if (left.length < right.length) return left === right.slice(1)
  if (left.slice(1) === right.slice(1)) return word.length >= 5
  return left.length > 1 && left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2)
}
