import { lexicon, type Concept } from './concept.ts'

export const sea: Concept = {
  name: 'sea',
  label: 'the sea',
  lexicon: lexicon(`
    sea seas seaside seaweed seafood seashell* seashore ocean* wave waves beach* ship ships shipwreck* boat* sail* tide*
    tidal shore* coast* harbor* harbour* fish* whale* dolphin* coral* reef* sand sandy island* marine maritime naval
    nautical surf* captain* anchor* shell* port ports bay bays lagoon* yacht* gull* seagull* crab* deck* vessel*
    underwater shark* shrimp* lighthouse* pier* cruise* swim* dive* diver* diving submarine* mermaid* pirate* salty`),
  phrases: {
    train: {
      openings: [
        'The waves of the ocean',
        'A fishing boat',
        'The sailor from the harbor',
        'The salt spray',
        'A school of dolphins',
        'The sea breeze',
        'The rising tide',
        'A coral reef',
      ],
      endings: [
        'rolled gently onto the sandy beach',
        'drifted across the deep blue water',
        'moved along the rocky coast',
        'followed the current past the lighthouse',
        'came and went with the tides of the ocean',
        'lay before us where the coast meets the sea',
        'shimmered on the surface of the salt water',
        'reached the beach before the storm broke over the waves',
      ],
    },
    test: {
      openings: [
        'The ship and its crew',
        'A pod of whales',
        'The captain on deck',
        'The gulls above the pier',
        'A yacht under full sail',
        'The surfers',
        'A sunken submarine',
        'The crabs on the shore',
      ],
      endings: [
        'crossed the bay at dawn',
        'headed for the island before low surf',
        'dropped anchor near the cliffs',
        'vanished into the marine fog',
        'swam or floated beside the hull',
        'rested among shells and seaweed',
        'circled the lagoon with its sharks',
        'sank beneath the swell off the port',
      ],
    },
  },
}
