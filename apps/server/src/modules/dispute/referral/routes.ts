import { Uuid } from '@tongxin/domain/case/view.ts';
import {
  Application,
  ApplicationReceipt,
  CaseToMediation,
  ReferralRow,
  Report,
  SendingUp,
  SentDispute,
  SentView,
} from '@tongxin/domain/dispute/referral/schema.ts';
import { Label } from '@tongxin/domain/label/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../../platform/access-plugin/route.ts';
import { answer } from '../../../platform/http/answer.ts';
import { demandEffort } from '../../intake/index.ts';
import { apply, centresAbove, passOn, referrals, report, sendDispute, sendUp, sentDispute } from './service.ts';

const Id = Type.Object({ id: Uuid });
const mediators = { capability: 'mediation.record' } as const;

export const referralRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/dispute-applications',
    access: { public: 'anyone may ask for mediation; without sign-in the portal files for them' },
    summary: 'Applies for mediation, for oneself or for somebody who agreed; answers the query code of that side',
    schema: { body: Application, response: ApplicationReceipt },
    run: async (call) => {
      const { deps, who, body } = call;
      demandEffort(call, body.id);
      const { receipt, repeated } = await apply(deps, who, body);
      return answer(receipt, { status: repeated ? 200 : 201 });
    },
  }),
  route({
    method: 'POST',
    path: '/department/disputes',
    access: { capability: 'case.handle' },
    summary: 'For a body’s system: passes a quarrel on to mediation, with consent; answers when the result is due',
    schema: { body: SentDispute, response: SentView },
    run: ({ deps, who, body }) => sendDispute(deps, who, body),
  }),
  route({
    method: 'GET',
    path: '/department/disputes/:id',
    access: { capability: 'case.handle' },
    summary: 'For a body’s system: how a quarrel it passed on ended, once that is reported; nothing of what was said',
    schema: { params: Id, response: SentView },
    run: ({ deps, who, params }) => sentDispute(deps, who, params.id),
  }),
  route({
    method: 'POST',
    path: '/cases/:id/mediation',
    access: { capability: 'case.register' },
    summary: 'Passes a case of our own on to mediation, with its reporter’s consent; the case says that it was, not where to',
    schema: { params: Id, body: CaseToMediation, response: SentView },
    run: ({ deps, who, params, body }) => passOn(deps, who, params.id, body),
  }),
  route({
    method: 'GET',
    path: '/disputes/referrals',
    access: mediators,
    summary: 'Disputes that somebody passed on, and by when the sender hears of the result',
    schema: { response: Type.Object({ referrals: Type.Array(ReferralRow) }) },
    run: async ({ deps, who }) => ({ referrals: await referrals(deps, who) }),
  }),
  route({
    method: 'POST',
    path: '/disputes/:id/report',
    access: mediators,
    summary: 'Writes down that the sender was told how it ended, by one of the eight endings',
    schema: { params: Id, body: Report, response: SentView },
    run: ({ deps, who, params, body }) => report(deps, who, params.id, body),
  }),
  route({
    method: 'GET',
    path: '/disputes/:id/centres',
    access: mediators,
    summary: 'Centres of the next tier that a dispute may be sent up to',
    schema: { params: Id, response: Type.Object({ centres: Type.Array(Type.Object({ id: Uuid, label: Label })) }) },
    run: async ({ deps, who, params }) => ({ centres: await centresAbove(deps, who, params.id) }),
  }),
  route({
    method: 'POST',
    path: '/disputes/:id/send-up',
    access: mediators,
    summary: 'Sends a dispute up one tier; its record goes along, its mediator is out of it',
    schema: { params: Id, body: SendingUp, response: Type.Object({ version: Type.Integer() }) },
    run: async ({ deps, who, params, body }) => {
      const { version } = await sendUp(deps, who, params.id, body);
      return answer({ version }, { version });
    },
  }),
];
