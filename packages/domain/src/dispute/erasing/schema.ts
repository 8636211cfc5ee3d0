import { type Static, Type } from 'typebox';
import { Uuid } from '../../case/view.ts';

/** What a side asks to be erased of itself, and why (个人信息保护法 第四十七条). */
export const SideErasure = Type.Object(
  { commandId: Uuid, partyId: Uuid, ground: Type.Enum(['withdrawn', 'purposeEnded', 'unlawful', 'byRequest']) },
  { additionalProperties: false },
);
export type SideErasure = Static<typeof SideErasure>;
