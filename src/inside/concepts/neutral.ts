import type { Halves, Phrases } from './concept.ts'

/** Everyday sentences about nothing in particular: the other side of every contrast. */
export const NEUTRAL: Halves<Phrases> = {
  train: {
    openings: [
      'The teacher',
      'A delivery truck',
      'The clerk at the office',
      'The students',
      'The manager',
      'A neighbour of ours',
      'The woman in the grey coat',
      'Our old gardener',
    ],
    endings: [
      'stopped in front of the building',
      'waited beside the gate until noon',
      'came back with a box of papers',
      'left by the side door on Monday',
      'stood quietly near the wall',
      'went down the street towards the library',
      'was late again this morning',
      'had nothing more to do that afternoon',
    ],
  },
  test: {
    openings: [
      'The driver of the bus',
      'A carpenter',
      'Her cousin from the village',
      'The guests',
      'A tall man with glasses',
      'The tenant upstairs',
      'My friend from work',
      'The family with the dog',
    ],
    endings: [
      'opened a window and looked outside',
      'sat on the bench for an hour',
      'walked past the shops at dusk',
      'found the key under a chair',
      'moved the table into another room',
      'painted the fence last weekend',
      'took the train home on Friday',
      'kept the letters in a drawer',
    ],
  },
}
