import { Uuid } from '@tongxin/domain/case/view.ts';
import { AddressesView, ChannelsView, MailAddress, MessageView, PushSubscription, WishView } from '@tongxin/domain/message/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { addAccount, addBrowser, addMail, addPhone, addresses, proveMail, removeAddress, stopMail } from './address/service.ts';
import { bindFollower } from './follower/service.ts';
import { presentMessage } from './present.ts';
import { caseMessages, channels } from './service.ts';
import { chooseWish, wish } from './wish/service.ts';

const AddressId = Type.Object({ id: Uuid });
const Code = Type.Object({ code: Type.String({ minLength: 8, maxLength: 40, pattern: '^[0-9A-Za-z-]+$' }) });

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/channels',
    access: { public: 'whoever fills a form must know whether an SMS can come' },
    summary: 'Ways out of the house that this installation has',
    schema: { response: ChannelsView },
    run: async ({ deps }) => channels(deps),
  }),
  route({
    method: 'GET',
    path: '/cases/:id/messages',
    access: { capability: 'case.read' },
    summary: 'What became of messages to the reporters of a case, latest first; never to which number',
    schema: { params: Type.Object({ id: Uuid }), response: Type.Object({ messages: Type.Array(MessageView) }) },
    run: async ({ deps, who, params }) => ({ messages: (await caseMessages(deps, who, params.id)).map(presentMessage) }),
  }),
  route({
    method: 'GET',
    path: '/receipts/:code/notify',
    access: { receipt: true },
    summary: 'Whether I hear of my matter by SMS',
    schema: { params: Code, response: WishView },
    run: ({ deps, who }) => wish(deps, who),
  }),
  route({
    method: 'PUT',
    path: '/receipts/:code/notify',
    access: { receipt: true },
    summary: 'Hear of my matter by SMS, or no longer: what waits is dropped',
    schema: { params: Code, body: Type.Object({ sms: Type.Boolean() }, { additionalProperties: false }), response: WishView },
    run: ({ deps, who, body, language }) => chooseWish(deps, who, body.sms, language),
  }),
  route({
    method: 'GET',
    path: '/me/addresses',
    access: { signedIn: true },
    summary: 'Where I am told: staff of their notices, residents of their own matters',
    schema: { response: AddressesView },
    run: ({ deps, who }) => addresses(deps, who),
  }),
  route({
    method: 'PUT',
    path: '/me/addresses/:id/mail',
    access: { signedIn: true },
    summary: 'Take a mail address in place of the one before; a code that proves it is sent there',
    schema: { params: AddressId, body: Type.Object({ address: MailAddress }, { additionalProperties: false }), response: AddressesView },
    run: ({ deps, who, params, body }) => addMail(deps, who, params.id, body.address),
  }),
  route({
    method: 'POST',
    path: '/me/addresses/:id/prove',
    access: { signedIn: true },
    summary: 'Prove a mail address by the code sent there',
    schema: {
      params: AddressId,
      body: Type.Object({ code: Type.String({ minLength: 1, maxLength: 40 }) }, { additionalProperties: false }),
      response: AddressesView,
    },
    run: ({ deps, who, params, body }) => proveMail(deps, who, params.id, body.code),
  }),
  route({
    method: 'PUT',
    path: '/me/addresses/:id/push',
    access: { signedIn: true },
    summary: 'Take a browser that subscribed to pushes',
    schema: { params: AddressId, body: PushSubscription, response: AddressesView },
    run: ({ deps, who, params, body }) => addBrowser(deps, who, params.id, body),
  }),
  route({
    method: 'PUT',
    path: '/me/addresses/:id/sms',
    access: { signedIn: true },
    summary: 'Be told by SMS, by the telephone my account has proved; residents only',
    schema: { params: AddressId, response: AddressesView },
    run: ({ deps, who, params }) => addPhone(deps, who, params.id),
  }),
  route({
    method: 'PUT',
    path: '/me/addresses/:id/account',
    access: { signedIn: true },
    summary: 'Be told by the official account I follow: answers the code to send to it; residents only',
    schema: { params: AddressId, response: AddressesView },
    run: ({ deps, who, params }) => addAccount(deps, who, params.id),
  }),
  route({
    method: 'POST',
    path: '/messages/followers',
    access: { public: 'signed by the gateway of the official account, whose secret nobody else holds' },
    summary: 'The official account’s gateway names who sent a code: {code, openId}, signed over `code.timestamp.body`',
    schema: { response: Type.Object({ bound: Type.Boolean() }) },
    maxBytes: 2000,
    run: async ({ deps, who, bytes, header }) => {
      await bindFollower(deps, who, {
        keyId: header('x-tongxin-key'),
        timestamp: header('x-tongxin-timestamp'),
        signature: header('x-tongxin-signature'),
        body: bytes.toString('utf8'),
      });
      return { bound: true };
    },
  }),
  route({
    method: 'DELETE',
    path: '/me/addresses/:id',
    access: { signedIn: true },
    summary: 'Nothing more goes there; what waits is dropped',
    schema: { params: AddressId, response: AddressesView },
    run: ({ deps, who, params }) => removeAddress(deps, who, params.id),
  }),
  route({
    method: 'POST',
    path: '/messages/stop/:token',
    access: { public: 'whoever got a mail ends such mails with one tap, without signing in' },
    summary: 'End mails by the token that stands in them (RFC 8058)',
    schema: {
      params: Type.Object({ token: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }) }),
      response: Type.Object({ ok: Type.Boolean() }),
    },
    // Mail programs send a form.
    maxBytes: 1000,
    run: async ({ deps, who, params }) => {
      await stopMail(deps, who, params.token);
      return { ok: true };
    },
  }),
];
