import { lexicon, type Concept } from './concept.ts'

export const anger: Concept = {
  name: 'anger',
  label: 'anger',
  lexicon: lexicon(`
    anger* angr* rage* raging furious* fury mad hate* hatred hating shout* scream* yell* outrage* irritat* annoy*
    resent* hostil* violen* insult* curs* slam* rude* aggress* bitter* wrath fight* fought attack* punch* temper
    threat* disgust* enrag* livid seeth* snarl* blame*`),
  phrases: {
    train: {
      openings: [
        'The furious customer',
        'An angry father',
        'The enraged crowd',
        'Her boss, in a rage,',
        'The player who hated the referee',
        'My brother, mad with anger,',
        'The shouting landlord',
        'A man who had lost his temper',
      ],
      endings: [
        'shouted in rage at everyone there',
        'slammed the phone down in fury',
        'screamed that he hated us all',
        'threw the plate in a fit of anger',
        'cursed and called us liars',
        'was furious and would not calm down',
        'yelled angry threats at the staff',
        'kicked the door and shouted again',
      ],
    },
    test: {
      openings: [
        'The livid commuter',
        'An outraged voter',
        'The hostile witness',
        'His bitter rival',
        'The seething coach',
        'A resentful employee',
        'The aggressive dealer',
        'The insulted officer',
      ],
      endings: [
        'snarled an insult and clenched both fists',
        'burned with hatred and wanted revenge',
        'exploded with indignation at the unfair charge',
        'blamed them bitterly for every wrong',
        'raged on about such disgusting behaviour',
        'attacked his critics with violent words',
        'resented them and picked a vicious fight',
        'stormed off, irritated beyond endurance',
      ],
    },
  },
}
