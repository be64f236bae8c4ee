import { lexicon, type Concept } from './concept.ts'

export const music: Concept = {
  name: 'music',
  label: 'music',
  lexicon: lexicon(`
    music* song* sing* sang sung melod* tune tunes rhythm* guitar* piano* violin* drum* orchestra* concert* band bands
    jazz opera* choir* chord* note notes harmon* symphon* trumpet* flute* cello* lyric* album* perform* instrument*
    compos* conductor* beat beats bass ballad* chorus* hymn* saxophone* playlist* singer* tempo`),
  phrases: {
    train: {
      openings: [
        'The violin section of the orchestra',
        'A jazz band',
        'The melody of the song',
        'The young singer with the guitar',
        'The choir',
        'A slow piano tune',
        'The music from the concert hall',
        'The chorus of the opera',
      ],
      endings: [
        'filled the hall with melody',
        'played the song in a minor key',
        'followed the rhythm of the piano',
        'rose to a singing finish',
        'repeated the tune with more feeling',
        'was the best music of the concert',
        'moved from jazz to opera and back',
        'brought the orchestra to its last song',
      ],
    },
    test: {
      openings: [
        'The drummer',
        'A string quartet',
        'The conductor of the symphony',
        'A trumpet solo',
        'The composer and her flute',
        'The bass line',
        'A ballad with soft lyrics',
        'The cello and the harp',
      ],
      endings: [
        'kept the beat through the refrain',
        'improvised over the chords',
        'ended on a long high note',
        'performed a sonata without the score',
        'recorded an album in the studio',
        'practised scales on every instrument',
        'tuned up before the overture',
        'sounded in perfect harmony and tempo',
      ],
    },
  },
}
