import type { Catalogue } from './zh.ts';

export const words: Catalogue = {
  'sos.hint':
    'Field staff who pressed for help appear here. Say first that somebody is on the way, then reach them; in danger call 110, 119 or 120.',
  'sos.none': 'No calls in the last day.',
  'sos.open': 'Nobody has answered',
  'sos.onTheWay': 'Somebody is on the way',
  'sos.ended': 'Over',
  'sos.told': '{n} notified',
  'sos.answeredBy': 'answered by {post} {at}',
  'sos.place': 'See the place on the map',
  'sos.acknowledge': 'We are on the way',
  'sos.end': 'End the call',
};
