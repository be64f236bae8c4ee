import { lexicon, type Concept } from './concept.ts'

/** A language: what its halves share is its small words, which is what makes it French. */
export const french: Concept = {
  name: 'french',
  label: 'the French language',
  lexicon: lexicon(`
    le la les des un une du de et est dans pour avec sur qui que je il elle nous vous ils elles ne pas au aux ce cette
    ces mes sa ses leur leurs était sont été être avoir fait mais où très bien tout tous toute comme
    sans chez quand à`),
  phrases: {
    train: {
      openings: [
        'La vieille dame du quartier',
        'Le boulanger de la place',
        'Mon oncle et ma tante',
        'Les enfants de cette école',
        'Une amie de la voisine',
        'Le facteur du village',
        'Ce jeune homme très poli',
        'Notre professeur',
      ],
      endings: [
        'est dans la cuisine avec des pommes',
        'regarde les oiseaux dans le jardin',
        'parle avec le maire de la ville',
        'mange une tarte avant le dîner',
        "cherche des livres pour l'hiver",
        'dort sous un grand arbre en été',
        "n'a pas trouvé la route de la gare",
        'vient ici tous les dimanches matin',
      ],
    },
    test: {
      openings: [
        'Le médecin de la clinique',
        'Une serveuse du café',
        'Les ouvriers de cette usine',
        'Le petit chien noir',
        'Votre sœur et votre frère',
        'La fermière',
        'Un peintre sans argent',
        'Le capitaine des pompiers',
      ],
      endings: [
        'attend le train depuis une heure',
        'achète du fromage et du pain au marché',
        'voudrait partir en vacances avec nous',
        'écrit une longue lettre à sa mère',
        'ferme la fenêtre parce que le vent souffle',
        'travaille la nuit dans un hôtel',
        'raconte des histoires que personne ne croit',
        'rentre à la maison sous la pluie',
      ],
    },
  },
}
