import { mediationProcedure } from '@tongxin/domain/dispute/procedure.ts';
import { hearingProcedure } from '@tongxin/domain/hearing/procedure.ts';
import { letterProcedure } from '@tongxin/domain/letter/procedure.ts';
import { orderProcedure } from '@tongxin/domain/order/procedure.ts';
import type { Procedure } from '@tongxin/domain/procedure/schema.ts';

/** Procedures that every installation starts with. A locality publishes variants beside them. */
export const BUILT_IN: readonly Procedure[] = [orderProcedure, letterProcedure, mediationProcedure, hearingProcedure];
