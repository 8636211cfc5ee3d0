import { createHash } from 'node:crypto';
import type { Changed, ChangePage, Deed, SubjectKind } from '@tongxin/domain/administration/view.ts';
import type { Actor, HeldPost, Refusal } from '@tongxin/domain/case/schema.ts';
import type { Capability } from '@tongxin/domain/post/policy.ts';
import { postManaging, postOver } from '@tongxin/domain/post/rules.ts';
import { canonical } from '@tongxin/domain/record/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import { conflict, forbidden, invalid, Problem } from '../../platform/errors/problem.ts';
import { type Scope, type Who, withScope } from '../../platform/tx/tx.ts';
import { presentChange } from './present.ts';
import { findChanges, findDigest, lockSubject, logChange, versionOf } from './repo.ts';

export interface Asked {
  /** The client's key: the same command again changes nothing and gets the same answer. */
  readonly commandId: string;
  readonly kind: SubjectKind;
  readonly subjectId: string;
  /** The version the editor saw, where something is edited. */
  readonly version?: number;
  readonly body: unknown;
}

/** What was done, as it goes into the log. */
export interface Made {
  readonly what: Deed;
  /** The post it was done by. */
  readonly post: HeldPost;
  readonly areaId: string;
  readonly organizationId?: string;
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
}

const REFUSED_AS: Readonly<Record<string, number>> = { beyondYourArea: 403, notToYourself: 403, roleNotYours: 403 };

/** A refusal of an appointment on its way to the caller. */
export const postRefused = ({ code }: Refusal): Problem => new Problem(REFUSED_AS[code] ?? 422, code);

/** The post by which an actor may use a capability over an area. Throws 403 `beyondYourArea`. */
export const managingPost = (actor: Actor, capability: Capability, path: readonly string[]): HeldPost => {
  const post = postOver(actor, capability, path);
  if (!post) throw forbidden('beyondYourArea');
  return post;
};

/**
 * One change of reference data: `work` writes and says what it did. Throws 409 `commandReused`, `changedMeanwhile`, and whatever `work` throws;
 * then nothing is changed.
 */
export const administer = async (deps: Deps, who: Who, asked: Asked, work: (scope: Scope) => Promise<Made>): Promise<Changed> => {
  const { commandId, kind, subjectId, version, body } = asked;
  const done = await withScope(deps.pools.app, who, async (scope) => {
    const { tx, actor } = scope;
    await lockSubject(tx, kind, subjectId);
    const digest = createHash('sha256')
      .update(canonical({ by: actor.personId, kind, subjectId, body: JSON.parse(JSON.stringify(body)) }))
      .digest();
    const prior = await findDigest(tx, commandId);
    const now = await versionOf(tx, kind, subjectId);
    if (prior) {
      if (!prior.equals(digest)) throw conflict('commandReused');
      return { id: subjectId, version: now };
    }
    if (version !== undefined && version !== now) throw conflict('changedMeanwhile');
    const { post, ...made } = await work(scope);
    await logChange(tx, { commandId, digest, at: deps.clock.now(), kind, subjectId, postId: post.postId, ...made });
    return { id: subjectId, version: now + 1 };
  });
  await deps.reload();
  return done;
};

/** Logs a change that another transaction's rules have made, in it: the last part of a succession. */
export const logIn = (deps: Deps, { tx }: Scope, { commandId, kind, subjectId, body }: Asked, { post, ...made }: Made): Promise<void> =>
  logChange(tx, {
    commandId,
    digest: createHash('sha256')
      .update(canonical({ kind, subjectId, body: JSON.parse(JSON.stringify(body)) }))
      .digest(),
    at: deps.clock.now(),
    kind,
    subjectId,
    postId: post.postId,
    ...made,
  });

/** The post by which an actor may manage what belongs to a body. Throws 403 `beyondYourArea`. */
export const managingBody = (actor: Actor, capability: Capability, path: readonly string[], organizationId: string): HeldPost => {
  const post = postManaging(actor, capability, path, organizationId);
  if (!post) throw forbidden('beyondYourArea');
  return post;
};

const PAGE = 50;

/** What was changed in the caller's area, latest first. */
export const changes = (
  deps: Deps,
  who: Who,
  { kind, subjectId, cursor, limit = PAGE }: { kind?: string; subjectId?: string; cursor?: string; limit?: number },
): Promise<ChangePage> => {
  if (cursor !== undefined && !/^\d{1,18}$/u.test(cursor)) throw invalid('badCursor');
  return withScope(deps.pools.app, who, async ({ tx }) => {
    const rows = await findChanges(tx, { kind, subjectId, ...(cursor ? { before: cursor } : {}) }, limit);
    const last = rows.length === limit ? rows.at(-1) : undefined;
    return {
      rows: rows.map((row) => presentChange(deps, row)),
      ...(last ? { next: last.n } : {}),
    };
  });
};
