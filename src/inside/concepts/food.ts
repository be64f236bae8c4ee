import { lexicon, type Concept } from './concept.ts'

export const food: Concept = {
  name: 'food',
  label: 'food',
  lexicon: lexicon(`
    food* eat* ate cook* bake* baking bread* cheese* soup* meat* chicken* beef rice pasta noodle* sauce* salad* vegetable*
    fruit* tomato* potato* onion* garlic butter* sugar* chocolate* cake* pie pies dish* meal* dinner* lunch* breakfast*
    recipe* kitchen* taste* tasty delicious flavor* flavour* spice* spicy oven* restaurant* chef* hungry egg* milk
    sandwich* pizza* stew* roast* grill* dessert* cream* salt pepper ingredient*`),
  phrases: {
    train: {
      openings: [
        'The chef',
        'A bowl of hot soup',
        'The roast chicken with garlic',
        'Fresh bread from the oven',
        'The tomato sauce',
        'My grandmother and her apple pie',
        'The cook at the restaurant',
        'A plate of rice and vegetables',
      ],
      endings: [
        'made the kitchen smell delicious',
        'needed a little more butter and garlic',
        'tasted of fresh tomato and onion',
        'was the best dish on the menu',
        'came with hot bread and soup',
        'was ready for a hungry table of six',
        'went well with rice and roast potatoes',
        'followed an old recipe for chicken',
      ],
    },
    test: {
      openings: [
        'The chocolate cake',
        'A cheese sandwich',
        'The baker with his dough',
        'Grilled beef and noodles',
        'The spicy bean stew',
        'Pasta with cream',
        'A ripe banana for breakfast',
        'The waiter at the pizzeria',
      ],
      endings: [
        'was sweet, warm and full of flavour',
        'deserved a pinch of pepper and sugar',
        'lay beside the salad and the eggs',
        'had us all eat a second helping',
        'melted on the tongue like honey',
        'used every ingredient in the pantry',
        'turned lunch into a feast',
        'left no room for dessert or pudding',
      ],
    },
  },
}
