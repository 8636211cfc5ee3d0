import { randomBytes, randomUUID } from 'node:crypto';
import type { Actor } from '@tongxin/domain/case/schema.ts';
import { postOver } from '@tongxin/domain/post/rules.ts';
import type { WebhookEvent } from '@tongxin/domain/webhook/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { pathOf } from '../../platform/directory/directory.ts';
import { conflict, forbidden, invalid, notFound } from '../../platform/errors/problem.ts';
import { unfitTarget } from '../../platform/http/outgoing.ts';
import { type Scope, type Who, withScope } from '../../platform/tx/tx.ts';
import { secretPlace } from './deliver/service.ts';
import {
  type DeliveryRow,
  deleteWebhook,
  findWebhook,
  insertWebhook,
  listDeliveries,
  listWebhooks,
  putDeliveries,
  replaceSecret,
  updateWebhook,
  type WebhookRow,
} from './repo.ts';

const OVERLAP_MS = 86_400_000;
/** Replaced secrets kept at most: whoever replaces more often than this within a day has lost them all anyway. */
const MOST_OLD = 4;
const LISTED = 50;

const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/** Over the body, and over the area when one is named: by a post that manages exchange. */
const assertOver = (deps: Deps, actor: Actor, areaId: string | undefined): void => {
  const place = areaId === undefined ? undefined : deps.places.ofArea(areaId);
  if (!place || !postOver(actor, 'exchange.manage', pathOf(place))) throw forbidden('missingCapability', { capability: 'exchange.manage' });
};

const assertTarget = (deps: Deps, url: string): void => {
  const unfit = unfitTarget(url, deps.config.webhooksTo ?? []);
  if (unfit) throw invalid(unfit);
};

const own = async (deps: Deps, scope: Scope, id: string): Promise<WebhookRow> => {
  const webhook = await findWebhook(scope.tx, id);
  if (!webhook) throw notFound();
  assertOver(deps, scope.actor, deps.directory.organization(webhook.organization_id)?.areaId);
  return webhook;
};

export const webhooks = (deps: Deps, who: Who): Promise<WebhookRow[]> => withScope(deps.pools.app, who, ({ tx }) => listWebhooks(tx));

export interface NewWebhook {
  readonly id: string;
  readonly organizationId: string;
  readonly areaId?: string;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
}

/** Makes a subscription; its secret is answered once. The same id again answers the subscription without it. */
export const makeWebhook = (deps: Deps, who: Who, asked: NewWebhook): Promise<{ row: WebhookRow; secret?: string }> =>
  withScope(deps.pools.app, who, async (scope) => {
    const body = deps.directory.organization(asked.organizationId);
    if (!body) throw invalid('unknownOrganization');
    if (asked.areaId && !deps.directory.area(asked.areaId)) throw invalid('unknownArea');
    assertOver(deps, scope.actor, body.areaId);
    if (asked.areaId) assertOver(deps, scope.actor, asked.areaId);
    assertTarget(deps, asked.url);
    const known = await findWebhook(scope.tx, asked.id);
    if (known) {
      const same = known.organization_id === asked.organizationId && known.url === asked.url && known.area_id === (asked.areaId ?? null);
      if (!same) throw conflict('idTaken');
      return { row: known };
    }
    const secret = newSecret();
    await insertWebhook(scope.tx, {
      webhook_id: asked.id,
      organization_id: asked.organizationId,
      area_id: asked.areaId ?? null,
      url: asked.url,
      events: asked.events,
      secret_sealed: deps.crypto.seal(secret, secretPlace(asked.id)),
      created_by: scope.actor.personId!,
      now: deps.clock.now().toISOString(),
    });
    return { row: (await findWebhook(scope.tx, asked.id))!, secret };
  });

/** Changes where it goes, what it hears, or whether it is on. One that was switched off for failing begins anew. */
export const changeWebhook = (
  deps: Deps,
  who: Who,
  id: string,
  change: { readonly url?: string; readonly events?: readonly WebhookEvent[]; readonly on?: boolean },
): Promise<WebhookRow> =>
  withScope(deps.pools.app, who, async (scope) => {
    const before = await own(deps, scope, id);
    if (change.url !== undefined) assertTarget(deps, change.url);
    await updateWebhook(scope.tx, id, {
      url: change.url ?? before.url,
      events: change.events ?? before.events,
      status: change.on === undefined ? before.status : change.on ? 'on' : 'off',
    });
    return (await findWebhook(scope.tx, id))!;
  });

/** A new secret, answered once; the one before signs beside it for a day, so that the receiver can change in peace. */
export const rotateSecret = (deps: Deps, who: Who, id: string): Promise<{ secret: string; oldUntil: string }> =>
  withScope(deps.pools.app, who, async (scope) => {
    const before = await own(deps, scope, id);
    const now = deps.clock.now().getTime();
    const oldUntil = new Date(now + OVERLAP_MS).toISOString();
    const secret = newSecret();
    const old = [
      { sealed: before.secret_sealed.toString('base64'), until: oldUntil },
      ...before.old_secrets.filter(({ until }) => Date.parse(until) > now),
    ].slice(0, MOST_OLD);
    await replaceSecret(scope.tx, id, deps.crypto.seal(secret, secretPlace(id)), old);
    return { secret, oldUntil };
  });

/** Sends a ping, also to one that is off: its end stands among the deliveries. */
export const pingWebhook = (deps: Deps, who: Who, id: string): Promise<{ deliveryId: string }> =>
  withScope(deps.pools.app, who, async (scope) => {
    await own(deps, scope, id);
    const now = deps.clock.now().toISOString();
    const deliveryId = randomUUID();
    await putDeliveries(
      scope.tx,
      [{ delivery_id: deliveryId, webhook_id: id, kind: 'ping', case_id: null, payload: { type: 'ping', timestamp: now, data: {} } }],
      now,
    );
    return { deliveryId };
  });

export const removeWebhook = (deps: Deps, who: Who, id: string): Promise<{ id: string }> =>
  withScope(deps.pools.app, who, async (scope) => {
    await own(deps, scope, id);
    await deleteWebhook(scope.tx, id);
    return { id };
  });

export const deliveries = (deps: Deps, who: Who, id: string): Promise<DeliveryRow[]> =>
  withScope(deps.pools.app, who, async (scope) => {
    await own(deps, scope, id);
    return listDeliveries(scope.tx, id, LISTED);
  });
