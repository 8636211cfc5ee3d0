import type { Catalogue } from './zh.ts';

export const words: Catalogue = {
  'publication.reviews': 'To be looked over',
  'publication.reviewsHint':
    'What you show can be read by everybody: your words, kind, days, progress and community. No names, house numbers or telephones.',
  'publication.state.waiting': 'Waiting',
  'publication.state.shown': 'Shown',
  'publication.state.refused': 'Not shown',
  'publication.none': 'None.',
  'publication.words': 'Words for everybody',
  'publication.show': 'Show',
  'publication.refuse': 'Do not show',
  'publication.change': 'Change the words',
  'publication.takeBack': 'Take it back',
  'publication.areas': 'Areas',
  'publication.areasHint':
    'Where nothing is set, nothing is public. Confidential matters, protected reporters and complaints about a body never are.',
  'publication.nearby': 'Say “reported nearby already” to whoever reports, with “Me too”',
  'publication.listed': 'Open a public list and map, each report looked over',
  'publication.categories': 'Which categories',
  'publication.categoriesHint': 'Only matters of public places, none of a household. A first level includes all below it.',
  'publication.save': 'Save',
  'publication.new': 'Another area',
  'publication.newEmpty': 'Choose an area',
};
