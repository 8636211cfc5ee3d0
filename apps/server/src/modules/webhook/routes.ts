import { Uuid } from '@tongxin/domain/case/view.ts';
import { WebhookEvent } from '@tongxin/domain/webhook/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { answer } from '../../platform/http/answer.ts';
import { DeliveryView, presentDelivery, presentWebhook, WebhookView } from './present.ts';
import { changeWebhook, deliveries, makeWebhook, pingWebhook, removeWebhook, rotateSecret, webhooks } from './service.ts';

const Id = Type.Object({ id: Uuid });
const access = { capability: 'exchange.manage' } as const;
const Url = Type.String({ minLength: 8, maxLength: 500 });
const Events = Type.Array(WebhookEvent, { minItems: 1, maxItems: 6, uniqueItems: true });

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/webhooks',
    access,
    summary: 'Subscriptions of bodies below the caller’s area',
    schema: { response: Type.Object({ webhooks: Type.Array(WebhookView) }) },
    run: async ({ deps, who }) => ({ webhooks: (await webhooks(deps, who)).map(presentWebhook) }),
  }),
  route({
    method: 'POST',
    path: '/webhooks',
    access,
    summary: 'Makes a subscription; answers its signing secret once',
    schema: {
      body: Type.Object(
        { id: Uuid, organizationId: Uuid, areaId: Type.Optional(Uuid), url: Url, events: Events },
        { additionalProperties: false },
      ),
      response: Type.Intersect([WebhookView, Type.Object({ secret: Type.Optional(Type.String()) })]),
    },
    run: async ({ deps, who, body }) => {
      const { row, secret } = await makeWebhook(deps, who, body);
      return answer({ ...presentWebhook(row), ...(secret ? { secret } : {}) }, { status: secret ? 201 : 200 });
    },
  }),
  route({
    method: 'POST',
    path: '/webhooks/:id',
    access,
    summary: 'Changes a subscription, or switches it on or off',
    schema: {
      params: Id,
      body: Type.Object(
        { url: Type.Optional(Url), events: Type.Optional(Events), on: Type.Optional(Type.Boolean()) },
        { additionalProperties: false },
      ),
      response: WebhookView,
    },
    run: async ({ deps, who, params, body }) => presentWebhook(await changeWebhook(deps, who, params.id, body)),
  }),
  route({
    method: 'POST',
    path: '/webhooks/:id/secret',
    access,
    summary: 'Replaces the signing secret; the one before signs beside it for a day',
    schema: { params: Id, response: Type.Object({ secret: Type.String(), oldUntil: Type.String() }) },
    run: ({ deps, who, params }) => rotateSecret(deps, who, params.id),
  }),
  route({
    method: 'POST',
    path: '/webhooks/:id/test',
    access,
    summary: 'Sends a ping',
    schema: { params: Id, response: Type.Object({ deliveryId: Uuid }) },
    run: ({ deps, who, params }) => pingWebhook(deps, who, params.id),
  }),
  route({
    method: 'POST',
    path: '/webhooks/:id/remove',
    access,
    summary: 'Removes a subscription with what it was sent',
    schema: { params: Id, response: Id },
    run: ({ deps, who, params }) => removeWebhook(deps, who, params.id),
  }),
  route({
    method: 'GET',
    path: '/webhooks/:id/deliveries',
    access,
    summary: 'What a subscription was sent, latest first',
    schema: { params: Id, response: Type.Object({ deliveries: Type.Array(DeliveryView) }) },
    run: async ({ deps, who, params }) => ({ deliveries: (await deliveries(deps, who, params.id)).map(presentDelivery) }),
  }),
];
