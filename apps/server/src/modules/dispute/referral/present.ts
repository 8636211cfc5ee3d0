import { resultsAt } from '@tongxin/domain/dispute/referral/rules.ts';
import type { ReferralRow } from '@tongxin/domain/dispute/referral/schema.ts';
import type { Deps } from '../../../platform/deps.ts';
import type { ListedReferral } from './repo.ts';

export const presentReferral = (deps: Deps, row: ListedReferral): ReferralRow => ({
  id: row.case_id,
  number: row.number,
  stageLabel: deps.procedures.get(row.procedure_id, row.procedure_version)?.stages[row.stage]?.label ?? { zh: row.stage },
  sender: row.sender,
  ...(row.body ? { body: row.body } : {}),
  ...(row.sender_number ? { senderNumber: row.sender_number } : {}),
  receivedOn: row.received_on,
  dueOn: row.due_on,
  results: [...resultsAt(row.stage)],
  ...(row.result ? { result: row.result } : {}),
  ...(row.reported_on ? { reportedOn: row.reported_on } : {}),
});
