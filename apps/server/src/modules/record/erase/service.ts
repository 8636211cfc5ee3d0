import { createHash } from 'node:crypto';
import { isWrittenBy } from '@tongxin/domain/case/rules.ts';
import type { NewEvent } from '@tongxin/domain/case/schema.ts';
import type { Capability } from '@tongxin/domain/post/policy.ts';
import { evolve, permitWork } from '@tongxin/domain/procedure/rules.ts';
import { canonical, readHeader } from '@tongxin/domain/record/rules.ts';
import type { Deps } from '../../../platform/deps.ts';
import { conflict, invalid } from '../../../platform/errors/problem.ts';
import type { Scope, Who } from '../../../platform/tx/tx.ts';
import {
  appendAndCommit,
  type CaseRecord,
  type EventRow,
  type FileRow,
  type PartyRow,
  readMaterial,
  refused,
  withLocked,
} from '../../case/index.ts';
import { eraseContents, eraseFiles, eraseParty, eraseTitle } from './repo.ts';

export interface Erasure {
  readonly commandId: string;
  /** Events whose words go; absent with `partyId`: every event the party wrote, and the filing. */
  readonly eventNos?: readonly number[];
  readonly partyId?: string;
  readonly fileIds?: readonly string[];
  /** Code of the ground (personal information protection law, article 47): withdrawn, purposeEnded, unlawful, byRequest. */
  readonly ground: 'withdrawn' | 'purposeEnded' | 'unlawful' | 'byRequest';
}

/** Under which right of a module's own, and what goes along with it there; the filing stays where it is others' words too; `files`: with what the party put in. */
export interface ErasureBy {
  readonly capability?: Capability;
  readonly along?: (
    scope: Scope,
    row: CaseRecord,
    parties: readonly PartyRow[],
  ) => Promise<{ readonly keepsFiling: boolean; readonly files: boolean }>;
}

const writtenBy = (party: PartyRow, record: readonly EventRow[]): number[] => {
  const writer = {
    partyId: party.party_id,
    ...(party.person_id ? { personId: party.person_id } : {}),
    isReporter: party.role === 'reporter',
  };
  return record.map((event) => readHeader(event.header)).flatMap((event) => (isWrittenBy(writer, event) ? [event.eventNo] : []));
};

/**
 * Files a party put in: with its query code, by its own account, or named by a step of its own. Pages of a paper that was signed are of the paper,
 * whoever sent them.
 */
const putInBy = (party: PartyRow, files: readonly FileRow[], record: readonly EventRow[], eventNos: readonly number[]): string[] => {
  const headers = record.map((event) => readHeader(event.header));
  const named = new Set(headers.flatMap(({ eventNo, header }) => (eventNos.includes(eventNo) ? (header.fileIds ?? []) : [])));
  const pages = new Set(headers.flatMap(({ type, header }) => (type === 'document.signed' ? (header.fileIds ?? []) : [])));
  return files
    .filter(
      ({ file_id, party_id, uploader_id }) =>
        party_id === party.party_id || (uploader_id !== null && uploader_id === party.person_id) || named.has(file_id),
    )
    .flatMap(({ file_id }) => (pages.has(file_id) ? [] : [file_id]));
};

/**
 * Erases words, contact data and files of a case: their salt and ciphertext go, the chain stays valid, and the record says that something
 * was erased and why. Search, notices and other projections follow through the feed's `content.erased`.
 */
export const eraseWords = async (
  deps: Deps,
  who: Who,
  caseId: string,
  erasure: Erasure,
  { capability = 'record.erase', along }: ErasureBy = {},
): Promise<{ version: number }> => {
  const addresses: string[] = [];
  const result = await withLocked(deps, who, caseId, erasure.commandId, async (scope, row, prior) => {
    const { commandId, ...asked } = erasure;
    const digest = createHash('sha256').update(canonical(asked)).digest();
    if (prior) {
      if (!prior.command_digest.equals(digest)) throw conflict('commandReused');
      return { version: row.version };
    }
    const permitted = permitWork(row.state, scope.actor, capability);
    if (!permitted.ok) throw refused(permitted);
    const { post } = permitted;
    const material = (await readMaterial(scope, caseId))!;
    const party = material.parties.find((one) => one.case_id === caseId && one.party_id === erasure.partyId);
    if (erasure.partyId && !party) throw invalid('unknownParty');
    const withWords = new Set(material.record.filter((event) => event.sealed).map((event) => event.event_no));
    const kept = await along?.(scope, row, material.parties);
    const steps = (erasure.eventNos ?? (party ? writtenBy(party, material.record) : [])).filter((no) => !(kept?.keepsFiling && no === 1));
    const eventNos = steps.filter((no) => withWords.has(no));
    const askedFiles = new Set([
      ...(erasure.fileIds ?? []),
      ...(kept?.files && party ? putInBy(party, material.files, material.record, steps) : []),
    ]);
    const known = material.files.filter((file) => askedFiles.has(file.file_id));
    if (known.length < askedFiles.size) throw invalid('unknownFile');
    const fileIds = known.filter((file) => !file.erased_at).map((file) => file.file_id);
    if (eventNos.length === 0 && !erasure.partyId && fileIds.length === 0) throw invalid('nothingToErase');
    const now = deps.clock.now().toISOString();
    await eraseContents(scope.tx, caseId, eventNos);
    if (eventNos.includes(1)) await eraseTitle(scope.tx, caseId);
    if (erasure.partyId) await eraseParty(scope.tx, caseId, erasure.partyId, now);
    if (fileIds.length) addresses.push(...(await eraseFiles(scope.tx, caseId, fileIds, now)));
    const event: NewEvent = {
      type: 'content.erased',
      occurredAt: now,
      actor: { kind: scope.actor.kind, personId: scope.actor.personId, postId: post.postId, organizationId: post.organizationId },
      header: {
        codes: {
          eventNos,
          ground: erasure.ground,
          ...(erasure.partyId ? { partyId: erasure.partyId } : {}),
          ...(fileIds.length ? { fileIds: [...fileIds] } : {}),
        },
      },
    };
    return { version: await appendAndCommit(deps, scope, row, [event], evolve(row.state, event), { id: commandId, digest }) };
  });
  for (const address of addresses) await deps.files.remove(address);
  return result;
};
