import { lexicon, type Concept } from './concept.ts'

export const numbers: Concept = {
  name: 'numbers',
  label: 'numbers',
  lexicon: [
    /^\d[\d.,]*$/,
    ...lexicon(`
      two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
      nineteen twenty* thirty* forty* fifty* sixty* seventy* eighty* ninety* hundred* thousand* million* billion* dozen*
      number* percent* sum sums plus minus multipl* divid* equation* digit* arithmetic average total totals calculat*
      count counts counted counting math* integer* fraction* algebra zero half twice`),
  ],
  phrases: {
    train: {
      openings: [
        'Seventeen plus twenty-four',
        'The sum of 12 and 35',
        'Three hundred and sixty',
        'The number 4,096',
        'Nine times eleven',
        'A total of 58',
        'Two thousand and five',
        'Forty-three minus 16',
      ],
      endings: [
        'is a larger number than twenty-four',
        'can be divided by three or by nine',
        'equals 12 times the second number',
        'comes to a sum of sixty plus five',
        'was written as 35 in the total',
        'is less than 58 but more than 16',
        'makes two hundred when multiplied by eleven',
        'leaves forty minus three',
      ],
    },
    test: {
      openings: [
        'Eighty-one percent of 700',
        'An average of 6.5',
        'The digits 1 and 8',
        'A million',
        'Half a dozen',
        'The equation with 14 terms',
        'Fifteen squared',
        'The fraction 7/10',
      ],
      endings: [
        'rounds up to thirty',
        'adds to 99 after counting twice',
        'gives eight integers between 20 and 29',
        'was calculated as one thousandth of 640',
        'takes seven digits in binary arithmetic',
        'is exactly thirteen below the median',
        'has a square root near eighteen',
        'exceeds 75 by a factor of ten',
      ],
    },
  },
}
