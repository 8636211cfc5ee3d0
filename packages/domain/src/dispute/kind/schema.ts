import { type Static, Type } from 'typebox';

/** What a quarrel is about: by trade, as committees are. */
export const DISPUTE_KINDS = [
  'family',
  'neighbour',
  'homestead',
  'property',
  'labour',
  'traffic',
  'medical',
  'consumer',
  'finance',
  'environment',
  'intellectualProperty',
  'other',
] as const;
export const DisputeKind = Type.Enum([...DISPUTE_KINDS]);
export type DisputeKind = Static<typeof DisputeKind>;
