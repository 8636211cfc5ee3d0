import type { SuccessionView, WorkLeft } from '@tongxin/domain/succession/view.ts';
import type { Deps } from '../../../platform/deps.ts';
import { conflict, forbidden, invalid } from '../../../platform/errors/problem.ts';
import { type Scope, type ScopedTx, type Who, withScope } from '../../../platform/tx/tx.ts';
import { logIn, managingPost } from '../../administration/index.ts';
import { endLeases } from '../../case/index.ts';
import { clearShifts } from '../../roster/index.ts';
import { findWorkLeft, isStarted, moveOn, presentLeft, type Succession, startSuccession } from '../../succession/index.ts';
import { dayOf, openBody, pathOfArea } from '../manage/service.ts';
import { findOrganization } from '../repo.ts';
import { capabilitiesOf, closeBodyRows, countOn, holdsThere } from './repo.ts';

const SHOWN = 50;
const WORKS = ['case.handle', 'case.accept', 'case.dispatch', 'letter.accept', 'letter.answer', 'letter.review'];

const managed = async ({ tx, actor }: Scope, areaId: string) => managingPost(actor, 'organization.manage', await pathOfArea(tx, areaId));

/** What a body would leave. */
export const workOfBody = (deps: Deps, who: Who, id: string): Promise<WorkLeft> =>
  withScope(deps.pools.app, who, async (scope) => {
    const body = await openBody(scope.tx, id);
    await managed(scope, body.area_id);
    return {
      ...presentLeft(deps, await findWorkLeft(scope.tx, { organizationId: id }, SHOWN)),
      ...(await countOn(scope.tx, id, dayOf(deps), deps.clock.now())),
      receivers: [],
      lastPost: false,
    };
  });

const checkHeir = async (deps: Deps, scope: Scope, id: string, heirId: string): Promise<void> => {
  const heir = await findOrganization(scope.tx, heirId);
  if (!heir || heir.closed_on || heirId === id || heir.kind === 'service') throw invalid('heirUnfit');
  await managed(scope, heir.area_id);
  const able = await capabilitiesOf(scope.tx, heirId, dayOf(deps));
  if (!WORKS.some((capability) => able.includes(capability))) throw invalid('heirUnfit');
};

const hasWork = async (tx: ScopedTx, id: string): Promise<boolean> => (await findWorkLeft(tx, { organizationId: id }, 1)).length > 0;

const begin = async (deps: Deps, scope: Scope, id: string, { commandId, ...ask }: Closing): Promise<void> => {
  const { tx, actor } = scope;
  const body = await openBody(tx, id);
  await managed(scope, body.area_id);
  const { below } = await countOn(tx, id, dayOf(deps), deps.clock.now());
  if (below > 0) throw conflict('bodyHasChildren');
  // Whoever closes the body they act for would end their own post in the middle of it.
  if (await holdsThere(tx, id, actor.personId!, dayOf(deps))) throw forbidden('notToYourself');
  if (ask.heirId) await checkHeir(deps, scope, id, ask.heirId);
  else if (await hasWork(tx, id)) throw conflict('bodyHasOpenWork');
  await startSuccession(deps, tx, {
    succession_id: commandId,
    kind: 'body',
    organization_id: id,
    area_id: body.area_id,
    holding_id: null,
    person_id: null,
    receiver_id: null,
    receiver_post_id: null,
    heir_id: ask.heirId ?? null,
    ask,
  });
};

const finish =
  (deps: Deps) =>
  async (scope: Scope, succession: Succession): Promise<void> => {
    const { tx } = scope;
    const id = succession.organization_id;
    const body = await openBody(tx, id);
    const post = await managed(scope, body.area_id);
    await clearShifts(tx, id, deps.clock.now());
    await endLeases(tx, { organizationId: id }, deps.clock.now());
    if (!(await closeBodyRows(tx, id, succession.heir_id, dayOf(deps)))) throw forbidden('beyondYourArea');
    const { holders } = await countOn(tx, id, dayOf(deps), deps.clock.now());
    // A post that the caller does not appoint to stays, and with it the body.
    if (holders > 0) throw forbidden('roleNotYours');
    await logIn(
      deps,
      scope,
      { commandId: succession.succession_id, kind: 'organization', subjectId: id, body: succession.ask },
      {
        what: 'closed',
        post,
        areaId: body.area_id,
        organizationId: id,
        before: { name: body.name },
        after: { name: body.name, closedOn: dayOf(deps), heirId: succession.heir_id },
      },
    );
  };

export interface Closing {
  readonly commandId: string;
  /** The body that goes on with its work. */
  readonly heirId?: string;
}

/**
 * Closes a body: its work moves to the heir first, then its posts end and it closes. Without an heir only when no work is open. The same command
 * again goes on where it stopped.
 */
export const closeBody = async (deps: Deps, who: Who, id: string, closing: Closing): Promise<SuccessionView> => {
  await withScope(deps.pools.app, who, async (scope) => {
    const { commandId, ...ask } = closing;
    if (!(await isStarted(scope.tx, commandId, { id, ask }))) await begin(deps, scope, id, closing);
  });
  const result = await moveOn(deps, who, closing.commandId, finish(deps));
  await deps.reload();
  return result;
};
