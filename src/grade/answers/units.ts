/** What a unit measures, and how much of the first unit of that kind it is. */
export interface Unit {
  readonly of: string
  readonly size: number
}

const rows: readonly (readonly [of: string, size: number, names: string])[] = [
  ['length', 1, 'm metre metres meter meters'],
  ['length', 1000, 'km kilometre kilometres kilometer kilometers kms'],
  ['length', 0.01, 'cm centimetre centimetres centimeter centimeters'],
  ['length', 0.001, 'mm millimetre millimetres millimeter millimeters'],
  ['length', 1609.344, 'mi mile miles'],
  ['length', 0.3048, 'ft foot feet'],
  ['length', 0.0254, 'inch inches'],
  ['length', 0.9144, 'yd yard yards'],
  ['mass', 1, 'kg kilogram kilograms kilogramme kilogrammes kilo kilos'],
  ['mass', 0.001, 'g gram grams gramme grammes'],
  ['mass', 1e-6, 'mg milligram milligrams'],
  ['mass', 1000, 't tonne tonnes'],
  ['mass', 0.45359237, 'lb lbs pound-mass'],
  ['mass', 0.028349523125, 'oz ounce ounces'],
  ['time', 1, 's sec secs second seconds'],
  ['time', 0.001, 'ms millisecond milliseconds'],
  ['time', 60, 'min mins minute minutes'],
  ['time', 3600, 'h hr hrs hour hours'],
  ['time', 86_400, 'day days'],
  ['time', 604_800, 'week weeks'],
  ['volume', 1, 'l litre litres liter liters'],
  ['volume', 0.001, 'ml millilitre millilitres milliliter milliliters'],
  ['volume', 0.01, 'cl centilitre centilitres'],
  ['speed', 1, 'm/s'],
  ['speed', 1000 / 3600, 'km/h kph kmh'],
  ['speed', 1000, 'km/s'],
  ['speed', 1609.344 / 3600, 'mph'],
  ['dollars', 1, '$ usd dollar dollars us$ bucks'],
  ['dollars', 0.01, '¢ cent cents'],
  ['euros', 1, '€ eur euro euros'],
  ['sterling', 1, '£ gbp quid'],
  ['yen', 1, '¥ jpy yen'],
  ['celsius', 1, '°c celsius centigrade'],
  ['fahrenheit', 1, '°f fahrenheit'],
  ['kelvin', 1, 'kelvin kelvins'],
  ['data', 1, 'byte bytes'],
  ['data', 1e3, 'kb kilobyte kilobytes'],
  ['data', 1e6, 'mb megabyte megabytes'],
  ['data', 1e9, 'gb gigabyte gigabytes'],
]

const units = new Map(
  rows.flatMap(([of, size, names]) => names.split(' ').map((name) => [name, { of, size }] as const)),
)

/** A unit by its sign or name. */
export function unitNamed(name: string): Unit | undefined {
  return units.get(name.toLowerCase().replace(/\.$/, ''))
}

/** The unit that is written right behind a number, such as ` km/h`. */
export function unitAfter(text: string): Unit | undefined {
  const rate = /^[\s-]*([a-zA-Z]+)\s*(?:per\s+(second|hour)s?\b|[·*]?\s*(s|h)\^-1)/.exec(text)
  if (rate !== null) return unitNamed(rateName(rate[1] ?? '', (rate[2] ?? rate[3] ?? '').slice(0, 1)))
  const found = /^[\s-]*(°\s?[CF]\b|[a-zA-Z]+\/[a-z]+|[$€£¥¢]|[a-zA-Z]+)/.exec(text)
  return found === null ? undefined : unitNamed((found[1] ?? '').replaceAll(/\s/g, ''))
}

/** `metres` and `s` as `m/s`. */
function rateName(length: string, time: string): string {
  const unit = unitNamed(length)
  const short = unit?.of !== 'length' ? length : ({ 1: 'm', 1000: 'km', 1609.344: 'mi' }[unit.size] ?? length)
  return short === 'mi' && time === 'h' ? 'mph' : `${short}/${time}`
}

/** The unit that is written right before a number: currencies alone. */
export function unitBefore(text: string): Unit | undefined {
  const found = /(US\$|[$€£¥]|\b(?:USD|EUR|GBP|JPY))\s*$/.exec(text)
  return found === null ? undefined : unitNamed(found[1] ?? '')
}

/** What a question asks its number in: `in km/h`, `how many minutes`, `(kg)`. */
export function unitAsked(question: string): Unit | undefined {
  const rate = /\b(?:in|how many)\s+([a-zA-Z]+ per [a-z]+)/i.exec(question)
  if (rate?.[1] !== undefined) return unitAfter(rate[1])
  const asked = [
    ...question.matchAll(
      /\b(?:in|how many|as|number of)\s+(?:whole\s+|full\s+)?(°\s?[CF]\b|[a-zA-Z]+\/[a-z]+|[a-zA-Z]{1,12}|[$€£])/gi,
    ),
    ...question.matchAll(/\(\s*(?:in\s+)?(°\s?[CF]|[a-zA-Z]+\/[a-z]+|[a-zA-Z]{1,12}|[$€£])\s*\)/gi),
  ]
  return asked.map(([, name = '']) => unitNamed(name.replaceAll(/\s/g, ''))).findLast((unit) => unit !== undefined)
}
