import type { Catalogue } from './zh.ts';

export const words: Catalogue = {
  'display.intro': 'A screen in a hall shows sums of one area; no case and no person.',
  'display.open': 'Open my area',
  'display.list': 'Authorized screens',
  'display.none': 'No screen is authorized yet.',
  'display.new': 'Authorize a screen',
  'display.name': 'Name of the screen',
  'display.nameHint': 'For example: service hall, ground floor',
  'display.area': 'Area shown',
  'display.areaEmpty': 'City, district, town or community',
  'display.make': 'Authorize',
  'display.missing': 'Please give a name and choose an area.',
  'display.made': 'Authorized. Open the address below in the browser of that screen; it is shown only this once.',
  'display.address': 'Address of the screen',
  'display.copy': 'Copy the address',
  'display.copied': 'Copied.',
  'display.until': 'Valid until {day}',
  'display.ended': 'Revoked',
  'display.revoke': 'Revoke',
  'display.revokeSure': 'The screen will show nothing new, and cannot be brought back.',
  'display.keep': 'Keep it',
};
