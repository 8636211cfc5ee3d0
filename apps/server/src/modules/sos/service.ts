import { createHash } from 'node:crypto';
import { instantToLocalDate, isInstant } from '@tongxin/domain/calendar/rules.ts';
import type { Actor, HeldPost } from '@tongxin/domain/case/schema.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import { toldOf } from '@tongxin/domain/sos/rules.ts';
import type { NewSos, SosView } from '@tongxin/domain/sos/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { conflict, forbidden, invalid, notFound } from '../../platform/errors/problem.ts';
import { type Scope, type Who, withScope, withTransaction } from '../../platform/tx/tx.ts';
import { putNotices } from '../notice/index.ts';
import {
  acknowledge,
  end,
  findAnswerers,
  findCalls,
  findSos,
  forget,
  holdSos,
  insertSos,
  lockUntold,
  markTold,
  type SosRow,
} from './repo.ts';

const DAY_MS = 86_400_000;
const MOST = 100;
const sealPlace = (id: string, part: 'place' | 'words'): string => `sos:${id}:${part}`;

const answering = (actor: Actor): HeldPost | undefined => actor.posts.find(({ capabilities }) => capabilities.includes('sos.answer'));

const present = (deps: Deps, row: SosRow, actor: Actor): SosView => {
  const opened = (sealed: Buffer | null, part: 'place' | 'words'): string | undefined =>
    sealed ? deps.crypto.open(sealed, sealPlace(row.sos_id, part)).toString('utf8') : undefined;
  const [place, words] = [opened(row.place_sealed, 'place'), opened(row.words_sealed, 'words')];
  const label = {
    area: deps.directory.area(row.area_id)?.label,
    organization: deps.directory.organization(row.organization_id)?.label,
    post: deps.directory.post(row.post_id)?.label,
    by: row.acknowledged_post ? deps.directory.post(row.acknowledged_post)?.label : undefined,
  };
  const mine = row.person_id === actor.personId;
  const mayAnswer = !mine && answering(actor) !== undefined;
  return {
    id: row.sos_id,
    areaId: row.area_id,
    ...(label.area ? { areaLabel: label.area } : {}),
    ...(label.organization ? { organizationLabel: label.organization } : {}),
    ...(label.post ? { postLabel: label.post } : {}),
    mine,
    pressedAt: new Date(row.pressed_at).toISOString(),
    ...(place ? { point: JSON.parse(place) } : {}),
    ...(words ? { words } : {}),
    told: row.told,
    ...(row.acknowledged_at ? { acknowledgedAt: new Date(row.acknowledged_at).toISOString() } : {}),
    ...(label.by ? { acknowledgedBy: label.by } : {}),
    ...(row.ended_at ? { endedAt: new Date(row.ended_at).toISOString() } : {}),
    mayAcknowledge: mayAnswer && row.acknowledged_at === null && row.ended_at === null,
    mayEnd: (mine || mayAnswer) && row.ended_at === null,
  };
};

const noticeId = (sosId: string, personId: string): string => {
  const hex = createHash('sha256').update(`sos:${sosId}:${personId}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** Tells of calls nobody was told of: at once, whatever quiet hours say. Run by whoever pressed and by a poll; nobody is told twice. */
export const tellCalls = (deps: Pick<Deps, 'pools' | 'clock' | 'directory'>): Promise<number> =>
  withTransaction(deps.pools.feed, async (tx) => {
    const now = deps.clock.now().toISOString();
    const calls = await lockUntold(tx, 20);
    for (const { sos_id: sosId, person_id: personId, area_id: areaId, pressed_at: pressedAt } of calls) {
      const told = toldOf(await findAnswerers(tx, areaId, now, instantToLocalDate(now)), personId);
      const label = deps.directory.area(areaId)?.label;
      await putNotices(
        tx,
        told.map((one) => ({
          personId: one,
          noticeId: noticeId(sosId, one),
          kind: 'sos',
          params: { sosId, ...(label ? { area: label.zh } : {}) },
          urgent: true,
          createdAt: new Date(pressedAt).toISOString(),
          tellAt: now,
        })),
        now,
      );
      await markTold(tx, sosId, told.length, now);
    }
    return calls.length;
  });

/** When the worker pressed: within the last day by the device's clock, else now. */
const pressedAt = (claimed: string | undefined, now: Date): string => {
  if (claimed === undefined) return now.toISOString();
  if (!isInstant(claimed)) throw invalid('fieldUnfit', { field: 'pressedAt', why: 'notInstant' });
  const at = Date.parse(claimed);
  return new Date(at > now.getTime() || at < now.getTime() - DAY_MS ? now.getTime() : at).toISOString();
};

const pressInScope = async (deps: Deps, scope: Scope, asked: NewSos): Promise<void> => {
  const digest = createHash('sha256').update(canonical(asked)).digest();
  const known = await findSos(scope.tx, asked.id);
  if (known) {
    if (known.person_id !== scope.actor.personId || !known.digest.equals(digest)) throw conflict('idTaken');
    return;
  }
  const post = scope.actor.posts.find(({ capabilities }) => capabilities.includes('patrol.record'))!;
  const { id, point, words } = asked;
  const made = await insertSos(scope.tx, {
    sos_id: id,
    post_id: post.postId,
    organization_id: post.organizationId,
    area_id: (point && deps.places.resolve(point).gridId) ?? post.areaId,
    place_sealed: point ? deps.crypto.seal(JSON.stringify(point), sealPlace(id, 'place')) : null,
    words_sealed: words?.trim() ? deps.crypto.seal(words.trim(), sealPlace(id, 'words')) : null,
    digest,
    now: pressedAt(asked.pressedAt, deps.clock.now()),
  });
  if (!made) throw conflict('idTaken');
};

/** A worker calls for help. Taken first, then told: where telling fails, the poll goes on with it. The same call again changes nothing. */
export const pressSos = async (deps: Deps, who: Who, asked: NewSos): Promise<SosView> => {
  await withScope(deps.pools.app, who, (scope) => pressInScope(deps, scope, asked));
  await tellCalls(deps).catch((error: Error) => deps.log.error({ error: error.message }, 'telling of a call for help failed; tried again'));
  return withScope(deps.pools.app, who, async ({ tx, actor }) => present(deps, (await findSos(tx, asked.id))!, actor));
};

/** Calls the reader made or answers for: open, or of the last day. */
export const calls = (deps: Deps, who: Who): Promise<SosView[]> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const since = new Date(deps.clock.now().getTime() - DAY_MS).toISOString();
    return (await findCalls(tx, since, MOST)).map((row) => present(deps, row, actor));
  });

const answerCall = (deps: Deps, who: Who, id: string, act: (scope: Scope, row: SosRow, now: string) => Promise<void>): Promise<SosView> =>
  withScope(deps.pools.app, who, async (scope) => {
    const row = await holdSos(scope.tx, id);
    if (!row) throw notFound();
    await act(scope, row, deps.clock.now().toISOString());
    return present(deps, (await findSos(scope.tx, id))!, scope.actor);
  });

/** Says that somebody is on the way. The first who says so stands. */
export const acknowledgeSos = (deps: Deps, who: Who, id: string): Promise<SosView> =>
  answerCall(deps, who, id, async ({ tx, actor }, row, now) => {
    const post = answering(actor);
    if (!post || row.person_id === actor.personId) throw forbidden('notYours');
    await acknowledge(tx, id, post.postId, now);
  });

/** Ends a call: the worker who made it, or who answers for the area. */
export const endSos = (deps: Deps, who: Who, id: string): Promise<SosView> =>
  answerCall(deps, who, id, async ({ tx, actor }, row, now) => {
    const post = row.person_id === actor.personId ? { postId: row.post_id } : answering(actor);
    if (!post) throw forbidden('notYours');
    await end(tx, id, post.postId, now);
  });

/** Takes places and words of calls that are over. Answers of how many. */
export const forgetCalls = (deps: Pick<Deps, 'pools' | 'clock'>): Promise<number> =>
  withTransaction(deps.pools.maintenance, (tx) => forget(tx, deps.clock.now().toISOString()));
