import { mayAskOf } from '@tongxin/domain/account/rules.ts';
import type { OwnCase, SignInWays } from '@tongxin/domain/account/schema.ts';
import { stageShown } from '@tongxin/domain/procedure/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import { codeOfParty } from '../case/index.ts';
import type { OwnCaseRow } from './repo.ts';

/** A matter in the words its reporter is told. */
export const presentOwnCase = (deps: Deps, row: OwnCaseRow): OwnCase => {
  const procedure = deps.procedures.get(row.procedure_id, row.procedure_version);
  const stage = procedure?.stages[stageShown(procedure, row.stage)];
  const officeId = row.lead_organization_id ?? row.receiving_organization_id;
  const office = officeId ? deps.directory.organization(officeId)?.label : undefined;
  const mayAsk = procedure ? mayAskOf(procedure, row.stage, row.clocks ?? {}) : undefined;
  const running = row.due_at && !row.ended_at && !row.overall_stopped;
  return {
    id: row.case_id,
    queryCode: codeOfParty(deps, { caseId: row.case_id, partyId: row.party_id, ...(row.slip ? { slip: row.slip } : {}) }),
    number: row.number,
    procedure: row.procedure_id,
    ...(procedure ? { procedureLabel: procedure.title } : {}),
    title: row.title ?? '',
    ...(stage ? { stageLabel: stage.told } : {}),
    ...(office ? { office } : {}),
    ...(running ? { dueAt: row.due_at!.toISOString(), dueProvisional: row.due_provisional } : {}),
    overdue: Boolean(running) && row.overdue,
    ...(mayAsk ? { mayAsk } : {}),
    ended: row.ended_at !== null,
    filedAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
};

export const presentWays = ({
  password,
  passkeys,
}: {
  readonly password: boolean;
  readonly passkeys: readonly { readonly id: string; readonly name: string | null; readonly addedAt: Date | null }[];
}): SignInWays => ({
  password,
  passkeys: passkeys.map(({ id, name, addedAt }) => ({
    id,
    ...(name ? { name } : {}),
    ...(addedAt ? { addedAt: addedAt.toISOString() } : {}),
  })),
});
