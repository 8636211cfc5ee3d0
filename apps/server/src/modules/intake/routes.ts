import { CaseView, NewAction, NewCase, Receipt, Uuid } from '@tongxin/domain/case/view.ts';
import { OfficeView } from '@tongxin/domain/organization/schema.ts';
import { SharedView } from '@tongxin/domain/receipt/view.ts';
import { Type } from 'typebox';
import { route } from '../../platform/access-plugin/route.ts';
import { answer, answerSeen } from '../../platform/http/answer.ts';
import { demandEffort } from './effort/service.ts';
import { shareReceipt, viewShared } from './link/service.ts';
import { officesFor } from './office/service.ts';
import { actOnReceipt, viewReceipt } from './receipt/service.ts';
import { fileNewCase } from './service.ts';

const Code = Type.Object({ code: Type.String({ minLength: 8, maxLength: 40, pattern: '^[0-9A-Za-z-]+$' }) });

export const routes = [
  route({
    method: 'POST',
    path: '/cases',
    access: { public: 'anyone may report; without sign-in the portal files for them' },
    summary: 'Files a case under an id made by the client; repeating it changes nothing',
    schema: { body: NewCase, response: Receipt },
    run: async (call) => {
      const { deps, who, body, language } = call;
      demandEffort(call, body.id);
      const { receipt, repeated } = await fileNewCase(deps, who, body, undefined, language);
      return answer(receipt, { status: repeated ? 200 : 201, headers: { location: `/api/v1/cases/${receipt.id}` } });
    },
  }),
  route({
    method: 'GET',
    path: '/offices',
    access: { public: 'whoever writes a letter chooses whom to write to' },
    summary: 'The offices a matter of a procedure may be addressed to from an area, nearest first',
    schema: {
      query: Type.Object(
        { procedure: Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,59}$' }), areaId: Type.Optional(Uuid) },
        { additionalProperties: false },
      ),
      response: Type.Object({ offices: Type.Array(OfficeView) }),
    },
    run: async ({ deps, query }) => ({ offices: officesFor(deps, query.procedure, query.areaId) }),
  }),
  route({
    method: 'GET',
    path: '/receipts/:code',
    access: { receipt: true },
    summary: 'The case of a query code, as its reporter may see it',
    schema: { params: Code, response: CaseView },
    run: async ({ deps, who }) => answerSeen(await viewReceipt(deps, who)),
  }),
  route({
    method: 'POST',
    path: '/receipts/:code/actions',
    access: { receipt: true },
    summary: 'Rates, adds information, withdraws or asks again: what the procedure allows the reporter',
    schema: { params: Code, body: NewAction, response: CaseView },
    run: async ({ deps, who, body }) => {
      await actOnReceipt(deps, who, body);
      const view = await viewReceipt(deps, who);
      return answer(view, { version: view.version });
    },
  }),
  route({
    method: 'GET',
    path: '/receipts/:code/share',
    access: { receipt: true },
    summary: 'The token of a link that may be forwarded: it shows how far the matter is, and nothing else',
    schema: { params: Code, response: Type.Object({ token: Type.String() }) },
    run: ({ deps, who }) => shareReceipt(deps, who),
  }),
  route({
    method: 'GET',
    path: '/shared/:token',
    access: { public: 'whoever was forwarded the link; it shows how far a matter is, and nothing else' },
    guessed: true,
    summary: 'How far a matter is, for whoever was forwarded the link',
    schema: { params: Type.Object({ token: Type.String({ pattern: '^[\\w-]{20,200}$' }) }), response: SharedView },
    run: async ({ deps, params }) => answerSeen(await viewShared(deps, params.token)),
  }),
] as const;
