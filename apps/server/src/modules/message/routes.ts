import { Uuid } from '@tongxin/domain/case/view.ts';
import { ChannelsView, MessageView, WishView } from '@tongxin/domain/message/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { presentMessage } from './present.ts';
import { caseMessages, channels } from './service.ts';
import { chooseWish, wish } from './wish/service.ts';

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
];
