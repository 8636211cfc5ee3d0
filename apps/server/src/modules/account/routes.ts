import { ErasureView, NewObjection, OwnCase, SignInWays } from '@tongxin/domain/account/schema.ts';
import { Receipt, Uuid } from '@tongxin/domain/case/view.ts';
import { Type } from 'typebox';
import { Bytes, type Route, route } from '../../platform/access-plugin/route.ts';
import { answer, bytesAnswer } from '../../platform/http/answer.ts';
import { copyOf } from './copy/service.ts';
import { claimCase, eraseAccount, erasure, objectAsPerson, objectWithCode, ownCases, ways } from './service.ts';

const own = { signedIn: true } as const;
const Code = Type.String({ minLength: 8, maxLength: 40, pattern: '^[0-9A-Za-z-]+$' });
const Cases = Type.Object({ cases: Type.Array(OwnCase) });

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/me/cases',
    access: own,
    summary: 'My matters: filed while signed in, or taken in by query code; newest change first',
    schema: { response: Cases },
    run: async ({ deps, who }) => ({ cases: await ownCases(deps, who) }),
  }),
  route({
    method: 'POST',
    path: '/me/cases',
    access: own,
    summary: 'Take a matter into my account by its query code; the same again changes nothing',
    schema: { body: Type.Object({ code: Code }, { additionalProperties: false }), response: Cases },
    run: async ({ deps, who, body }) => ({ cases: await claimCase(deps, who, body.code) }),
  }),
  route({
    method: 'GET',
    path: '/me/sign-in',
    access: own,
    summary: 'How my account is signed in to besides by code',
    schema: { response: SignInWays },
    run: ({ deps, who }) => ways(deps, who),
  }),
  route({
    method: 'POST',
    path: '/me/access-log/:id/objection',
    access: own,
    summary: 'Object to a reading of my data: it opens a case that the body which read does not decide',
    schema: { params: Type.Object({ id: Uuid }), body: NewObjection, response: Receipt },
    run: async ({ deps, who, params, body, language }) =>
      answer(await objectAsPerson(deps, who, params.id, body, language), { status: 201 }),
  }),
  route({
    method: 'POST',
    path: '/receipts/:code/access-log/:id/objection',
    access: { receipt: true },
    summary: 'Object to a reading of the contact kept with this query code: it opens a case with a code of its own',
    schema: { params: Type.Object({ code: Code, id: Uuid }), body: NewObjection, response: Receipt },
    run: async ({ deps, who, params, body, language }) =>
      answer(await objectWithCode(deps, who, params.id, body, language), { status: 201 }),
  }),
  route({
    method: 'GET',
    path: '/me/copy',
    access: own,
    summary: 'A copy of what is kept of me: a zip with data.json and a page to read; residents only',
    schema: { response: Bytes },
    run: async ({ deps, who, language }) =>
      bytesAnswer(await copyOf(deps, who, language), 'application/zip', {
        'cache-control': 'private, no-store',
        'content-disposition': 'attachment; filename="tongxin-my-data.zip"',
      }),
  }),
  route({
    method: 'GET',
    path: '/me/erasure',
    access: own,
    summary: 'What giving up my account would erase, and what stays',
    schema: { response: ErasureView },
    run: ({ deps, who }) => erasure(deps, who),
  }),
  route({
    method: 'POST',
    path: '/me/erasure',
    access: own,
    summary: 'Give up my account: what may go goes at once',
    schema: { body: Type.Object({ confirmed: Type.Literal(true) }, { additionalProperties: false }), response: ErasureView },
    run: ({ deps, who }) => eraseAccount(deps, who),
  }),
];
