import { readerKind } from '@tongxin/domain/case/rules.ts';
import type { Actor } from '@tongxin/domain/case/schema.ts';
import type { FollowedView, FollowingReceipt, NearbyReport, NewFollowing, OwnFollowing } from '@tongxin/domain/follow/schema.ts';
import { keysOfTile, tileOf } from '@tongxin/domain/map/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import { conflict, notFound } from '../../platform/errors/problem.ts';
import { type Scope, type Who, withScope } from '../../platform/tx/tx.ts';
import { findCase, presentCase, procedureOf, readMaterial } from '../case/index.ts';
import { resident } from '../person/index.ts';
import { presentFollowed, presentNearby, presentOwnFollowing } from './present.ts';
import { countFollowers, deleteFollower, enterFollowing, findNearby, insertFollower, keepFollowing, listOwnFollowings } from './repo.ts';

/** Cells of some 280 metres: whoever asks is answered by the cell and those around it, so that no spot is found by asking from all sides. */
const CELL_ZOOM = 17;

const rangesAround = (lon: number, lat: number): (readonly [number, number])[] => {
  const { z, x, y } = tileOf(lon, lat, CELL_ZOOM);
  return [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => keysOfTile({ z, x: x + dx, y: y + dy })));
};

const REF = 'nearby';
/** Stands for a report towards anybody: sealed, so that it tells neither its id nor, in that, its hour. */
export const reportRef = (deps: Deps, caseId: string): string =>
  deps.crypto.seal(Buffer.from(caseId.replaceAll('-', ''), 'hex'), REF).toString('base64url');

/** The case a reference stands for. Throws 404 for what was not made here. */
export const caseOfRef = (deps: Deps, ref: string): string => {
  try {
    const hex = deps.crypto.open(Buffer.from(ref, 'base64url'), REF).toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  } catch {
    throw notFound();
  }
};

export interface Around {
  readonly lon?: number | undefined;
  readonly lat?: number | undefined;
  readonly areaId?: string | undefined;
  readonly categoryId?: string | undefined;
}

/** Open reports around a spot, or in a grid that was chosen: none unless the area tells of them. */
export const nearbyReports = (deps: Deps, who: Who, { lon, lat, areaId, categoryId }: Around): Promise<NearbyReport[]> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    const gridId = areaId ? deps.places.ofArea(areaId)?.gridId : undefined;
    const ranges = lon !== undefined && lat !== undefined ? rangesAround(lon, lat) : [];
    if (!gridId && ranges.length === 0) return [];
    const rows = await findNearby(tx, ranges, gridId, categoryId);
    return rows.map((row) => presentNearby(deps, row, reportRef(deps, row.case_id)));
  });

/** Follows a report. The same id and report give the same code; a report that is told of no longer is not found. */
export const follow = (deps: Deps, who: Who, { id, ref }: NewFollowing): Promise<FollowingReceipt> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    const caseId = caseOfRef(deps, ref);
    const queryCode = deps.crypto.receiptCode(caseId, id);
    const now = deps.clock.now().toISOString();
    if (!(await insertFollower(tx, { caseId, followerId: id, hash: deps.crypto.receiptHash(queryCode), now }))) throw notFound();
    return { id, queryCode };
  });

/** Who follows reads as nobody: neither the reporter's words nor what passes between the office and the reporter. */
export const viewFollowed = (deps: Deps, who: Who, code: string): Promise<FollowedView> =>
  withScope(deps.pools.app, who, async (scope) => {
    const following = await enterFollowing(scope.tx, deps.crypto.receiptHash(code));
    if (!following) throw notFound();
    const own = await readMaterial(scope, following.caseId);
    if (!own) throw notFound();
    const material = own.row.main_case_id ? await readMaterial(scope, own.row.main_case_id) : own;
    if (!material) throw notFound();
    const reader: Actor = { kind: 'anonymous', posts: [], receiptCaseIds: [material.row.case_id] };
    const procedure = procedureOf(deps, material.row);
    const view = presentCase(deps, procedure, material, reader);
    return presentFollowed(procedure, view, material.record, following, await countFollowers(scope.tx, following.caseId));
  });

export const stopFollowing = (deps: Deps, who: Who, code: string): Promise<{ stopped: true }> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    if (!(await deleteFollower(tx, deps.crypto.receiptHash(code)))) throw notFound();
    return { stopped: true };
  });

export const followersOf = (deps: Deps, who: Who, caseId: string): Promise<{ n: number }> =>
  withScope(deps.pools.app, who, async (scope) => {
    const row = await findCase(scope.tx, caseId);
    if (!row || readerKind(row.state, scope.actor) !== 'staff') throw notFound();
    return { n: await countFollowers(scope.tx, caseId) };
  });

const ownInScope = async (deps: Deps, scope: Scope): Promise<OwnFollowing[]> => {
  resident(scope);
  return (await listOwnFollowings(scope.tx)).map((row) => presentOwnFollowing(deps, row));
};

/** What the caller follows; nobody else is told. */
export const ownFollowings = (deps: Deps, who: Who): Promise<OwnFollowing[]> =>
  withScope(deps.pools.app, who, (scope) => ownInScope(deps, scope));

/** Takes what was followed without an account into it: the same again changes nothing. 404 for an unknown code, 409 where another account holds it. */
export const keepOwnFollowing = (deps: Deps, who: Who, code: string): Promise<OwnFollowing[]> =>
  withScope(deps.pools.app, who, async (scope) => {
    resident(scope);
    const done = await keepFollowing(scope.tx, deps.crypto.receiptHash(code));
    if (!done) throw notFound('codeUnknown');
    if (done === 'taken') throw conflict('claimTaken');
    return ownInScope(deps, scope);
  });
