import { lexicon, type Concept } from './concept.ts'

export const space: Concept = {
  name: 'space',
  label: 'outer space',
  lexicon: lexicon(`
    space spacecraft spaceship* star stars starry planet* moon* mars venus jupiter saturn galax* universe cosmic cosmos
    cosmolog* orbit* rocket* astronaut* telescope* satellite* comet* asteroid* solar lunar nasa nebula* meteor* astronom*
    shuttle* gravity interstellar alien* extraterrestrial* celestial eclipse* supernova* constellation* cosmonaut*`),
  phrases: {
    train: {
      openings: [
        'The rocket',
        'An astronaut in orbit',
        'The rings of Saturn',
        'A distant planet',
        'The space telescope',
        'The surface of Mars',
        'A small lunar lander',
        'The stars of the galaxy',
      ],
      endings: [
        'circled the planet in a high orbit',
        'passed behind the moon and its craters',
        'sent pictures from outer space to Earth',
        'shone among the stars of the galaxy',
        'was seen through a telescope on Mars',
        'travelled far beyond Saturn and its moons',
        'floated in space without weight',
        'launched towards the stars on a rocket',
      ],
    },
    test: {
      openings: [
        'The comet with its icy tail',
        'A weather satellite',
        'The solar eclipse',
        'Jupiter in the constellation',
        'The interstellar shuttle',
        'A cloud of asteroids',
        'The expanding universe',
        'The nebula near Venus',
      ],
      endings: [
        'glowed with the light of a supernova',
        'bent under the gravity of a black hole',
        'crossed the celestial equator at midnight',
        'burned up like a meteor in the atmosphere',
        'puzzled the astronomers at the observatory',
        'spun through the cosmic vacuum',
        'was tracked by mission control for years',
        'obeyed the same laws of cosmology',
      ],
    },
  },
}
