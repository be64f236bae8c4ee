import type { Forms } from '../prose.ts'

export const CONDITIONS = ['wet', 'opened', 'late', 'heavy', 'owing', 'oversea'] as const
export type ConditionName = (typeof CONDITIONS)[number]

/** How a rule names a special case (after `that` or `it`), how a crate is said to be one, and how not to be one. */
interface Wording {
  readonly rule: string
  readonly so: Forms
  readonly notSo: Forms
}

/** More kilos than this are heavy. */
const LIMIT = 'forty'

export const WORDINGS: Readonly<Record<ConditionName, Wording>> = {
  wet: {
    rule: '{is damp|has drawn water|has stood in the rain|is wet, be it ever so little}',
    so: [
      '{water had got into it|it had stood {a night|some hours} in the rain|it came in dripping}',
      'the straw {inside|round it} {is sodden|squelches}',
      'where we set it down {a puddle|a dark stain} spread',
    ],
    notSo: [
      '{it is dry as a bone|not a drop has got into it|the tarpaulin kept the rain off}',
      'it was feared wet, and {found dry|is not}',
      'though {all that came with it|the cart} dripped, {this one|the crate itself} was dry',
    ],
  },
  opened: {
    rule: '{has been opened|does not have its seal whole|somebody has looked into on the way|was unsealed before it came}',
    so: [
      '{the seal is gone|its seal hung in two halves|somebody had nailed the lid down again}',
      'the customs had {a look inside|their hands in it}',
      'it {is|was} short of its seal',
    ],
    notSo: [
      '{the seal is whole|nobody had touched the seal|the lid was as it left the works}',
      'the customs wanted to open it and {were not let|thought better of it}',
      'a corner is {scratched|dented}, the seal {unharmed|in order}',
    ],
  },
  late: {
    rule: '{comes in after dark|arrives by night|reaches us when the lamps are lit}',
    so: [
      '{it came towards midnight|the lamps were lit when it came|by the time it came the watchman alone was up}',
      'the carter {rang us out of bed|found the yard dark} with it',
      'it missed the evening {bell|train} by {two|three} hours',
    ],
    notSo: [
      '{it came at noon|it came with the morning cart|the sun stood high when it came}',
      'it was announced for the night, but {came before lunch|came at three in the afternoon}',
      'the night cart brought the others; this one {came next morning|had come at breakfast}',
    ],
  },
  heavy: {
    rule: `{weighs more than ${LIMIT} kilos|is over ${LIMIT} kilos|brings above ${LIMIT} kilos to the scales}`,
    so: [
      '{it weighs|on the scales it is} <over> kilos',
      '{two halves of|a pair of} <overhalf> kilos each are nailed into one crate of it',
      'it was declared at <under> kilos, and {is|weighs} <over>',
    ],
    notSo: [
      '{it weighs|on the scales it is} <under> kilos',
      'it was declared at <over> kilos, and {is|weighs} <under>',
      '{two halves of|a pair of} <underhalf> kilos each are nailed into one crate of it',
    ],
  },
  owing: {
    rule: '{has freight still to be paid|nobody has paid the freight of|comes with its freight owing}',
    so: [
      '{the freight is owing|the carter still waits for his money|we are dunned for its freight}',
      'the freight was to be paid by the sender, who {has not|did not}',
      'of the freight {half|a part} is still {open|due}',
    ],
    notSo: [
      '{the freight is settled|the carter has had his money|nothing is owing on it}',
      'the bill for the freight came {twice|again}, and was paid the first time',
      'the sender was slow with the freight, but {has paid|paid last week}',
    ],
  },
  oversea: {
    rule: '{has come by sea|was shipped from abroad|has salt water behind it}',
    so: [
      '{it came off the steamer|it was eleven days at sea|a ship brought it}',
      "the crate bears {the stamp of the harbour it was unloaded in|a captain's mark}",
      'it {crossed|was carried over} the {strait|gulf} to get here',
    ],
    notSo: [
      '{it came by road all the way|it was made two streets from here|no ship had it}',
      'it should have come by steamer; {a cart|the railway} brought it overland',
      'the paper is printed with an anchor, {yet it came by rail|but the goods never left the land}',
    ],
  },
}
