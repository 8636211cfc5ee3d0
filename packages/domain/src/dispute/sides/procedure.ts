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
/** Clocks that run until something is agreed; whatever ends the talk stops them. */
export const UNSIGNED_CLOCKS = ['accepting', 'choosing', 'designating', 'mediation', 'coolingOff'];
/** A signed agreement, whether or not the court is asked to confirm it. */
export const IN_FORCE = ['effective', 'confirming'];
/** However it ended. */
export const OVER = ['settled', 'unsettled', 'broken', 'stopped', 'withdrawn'];

/**
 * What sides are told when whoever mediates ends it, for whatever reason: that somebody did not want to go on, or is in danger, would tell on them
 * to the other side.
 */
export const ENDED = label(
  '调解已经终止，其他途径已告知，您起诉的权利不受影响',
  'The mediation has ended; you were told of the other ways, and may still sue',
);
export const ways = words('ways', label('告知的其他途径', 'Other ways that were named'), {
  seenBy: PARTIES,
  hint: label('仲裁、行政途径或者向法院起诉（人民调解法 第二十六条）', 'Arbitration, an authority or the court (article 26)'),
});

export const note = words('note', label('说明', 'Note'), { required: false });
