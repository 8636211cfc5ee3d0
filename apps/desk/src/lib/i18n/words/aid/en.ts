import type { Catalogue } from './zh.ts';

export const words: Catalogue = {
  'legalAid.hint': 'The check on the portal uses this number. Provinces set it; please say where it is written.',
  'legalAid.none': 'No standard is set yet; residents are asked to check with the legal aid office.',
  'legalAid.set': 'Set a standard',
  'legalAid.area': 'For',
  'legalAid.income': 'Yuan a month for each member of a household',
  'legalAid.incomeHint': 'Up to this counts as poor.',
  'legalAid.source': 'Source (title and number of the document)',
  'legalAid.from': 'From',
};
