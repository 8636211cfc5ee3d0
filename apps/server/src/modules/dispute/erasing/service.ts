import type { SideErasure } from '@tongxin/domain/dispute/erasing/schema.ts';
import type { Deps } from '../../../platform/deps.ts';
import { conflict, notFound } from '../../../platform/errors/problem.ts';
import type { Who } from '../../../platform/tx/tx.ts';
import { eraseWords } from '../../record/index.ts';
import { eraseSide as eraseInRows } from './repo.ts';

/**
 * Erases name, telephone, words and files of one side when it asks for it (个人信息保护法 第四十七条), by whoever heads the body, who reads none of it for that:
 * which side it is says all. Only of a matter that has ended: what is under way needs them, and a side may leave at any time. The facts as they were
 * first written down are of all sides, and go with the last of them; the agreement and its file stay, as the law has them kept
 * (人民调解法 第二十七条).
 */
export const eraseSide = (
  deps: Deps,
  who: Who,
  caseId: string,
  { commandId, partyId, ground }: SideErasure,
): Promise<{ version: number }> =>
  eraseWords(
    deps,
    who,
    caseId,
    { commandId, partyId, ground },
    {
      capability: 'case.confided',
      along: async (scope, row, parties) => {
        if (!row.confided) throw notFound();
        if (!row.ended_at) throw conflict('matterOpen');
        await eraseInRows(scope.tx, caseId, partyId);
        const keepsFiling = parties.some(({ party_id, role, erased_at }) => role === 'party' && party_id !== partyId && !erased_at);
        return { keepsFiling, files: true };
      },
    },
  );
