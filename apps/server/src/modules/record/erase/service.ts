import { createHash } from 'node:crypto';
import type { NewEvent } from '@tongxin/domain/case/schema.ts';
import { evolve } from '@tongxin/domain/procedure/rules.ts';
import { canonical, readHeader } from '@tongxin/domain/record/rules.ts';
import type { Deps } from '../../../platform/deps.ts';
import { conflict, forbidden, invalid } from '../../../platform/errors/problem.ts';
import type { Who } from '../../../platform/tx/tx.ts';
import { appendAndCommit, readMaterial, withLocked } from '../../case/index.ts';
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

/**
 * Erases words, contact data and files of a case: their salt and ciphertext go, the chain stays valid, and the record says that something
 * was erased and why. Search, notices and other projections follow through the feed's `content.erased`.
 */
export const eraseWords = async (deps: Deps, who: Who, caseId: string, erasure: Erasure): Promise<{ version: number }> => {
  const addresses: string[] = [];
  const result = await withLocked(deps, who, caseId, erasure.commandId, async (scope, row, prior) => {
    const { commandId, ...asked } = erasure;
    const digest = createHash('sha256').update(canonical(asked)).digest();
    if (prior) {
      if (!prior.command_digest.equals(digest)) throw conflict('commandReused');
      return { version: row.version };
    }
    const post = scope.actor.posts.find((held) => held.capabilities.includes('record.erase'));
    if (!post) throw forbidden('missingCapability', { capability: 'record.erase' });
    const material = (await readMaterial(scope, caseId))!;
    const withWords = new Set(material.record.filter((event) => event.sealed).map((event) => event.event_no));
    const ofReporter = material.record
      .filter((event) => event.event_no === 1 || ['anonymous'].includes(readHeader(event.header).actor.kind))
      .map((event) => event.event_no);
    const asked_ = erasure.eventNos ?? (erasure.partyId ? ofReporter : []);
    const eventNos = asked_.filter((no) => withWords.has(no));
    if (erasure.partyId && !material.parties.some((party) => party.party_id === erasure.partyId)) throw invalid('unknownParty');
    const askedFiles = new Set(erasure.fileIds);
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
