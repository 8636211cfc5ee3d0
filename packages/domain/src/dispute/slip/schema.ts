import { type Static, Type } from 'typebox';
import { Uuid } from '../../case/view.ts';

/** Why a side's query code is made anew: it was handed none, or lost it. */
export const SLIP_REASONS = ['missing', 'lost'] as const;

export const NewSlip = Type.Object({ commandId: Uuid, partyId: Uuid, why: Type.Enum([...SLIP_REASONS]) }, { additionalProperties: false });
export type NewSlip = Static<typeof NewSlip>;

/** What is handed over: the number and that side's own code. */
export const Slip = Type.Object({ number: Type.String(), partyId: Uuid, queryCode: Type.String() });
export type Slip = Static<typeof Slip>;
