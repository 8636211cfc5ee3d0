import { label, words } from '../../form/schema.ts';
import type { Action } from '../../procedure/schema.ts';

export const LAW = '人民调解法 (2010)';

/** Whoever mediates for the committee or the centre it was sent up to; the database shows a case only to whoever has it in hand, and to their heads. */
export const MEDIATORS: Action['by'] = [
  { capability: 'mediation.record', relation: 'receivingBody' },
  { capability: 'mediation.record', relation: 'leadBody' },
];
export const PARTIES = ['reporter', 'party'] as const;
export const SIDES: Action['by'] = [{ relation: 'reporter' }, { relation: 'party' }];
/** The module takes these itself: it knows every side's consent, the mediators, the draft and the signatures. */
export const door = 'dispute';
/** As long as nothing is signed, anybody may leave and whoever mediates may stop. */
export const UNSIGNED = ['registered', 'consulting', 'choosing', 'mediating', 'cooling', 'drafted'];
export const TALKING = ['registered', 'mediating'];
/** A signed agreement, whether or not the court is asked to confirm it. */
export const IN_FORCE = ['effective', 'confirming'];

export const note = words('note', label('说明', 'Note'), { required: false });
