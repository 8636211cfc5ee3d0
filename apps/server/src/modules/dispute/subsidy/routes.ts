import { AskedMonth } from '@tongxin/domain/dispute/schema.ts';
import { NewSubsidyRates, SubsidyMonth, SubsidyRates } from '@tongxin/domain/dispute/subsidy/schema.ts';
import { Type } from 'typebox';
import { Bytes, type Route, route } from '../../../platform/access-plugin/route.ts';
import { answer, bytesAnswer } from '../../../platform/http/answer.ts';
import { MEDIA } from '../../../platform/sheet/sheet.ts';
import { setRates, subsidyOfMonth, subsidyRates, subsidySheet } from './service.ts';

export const subsidyRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/disputes/subsidy',
    access: { capability: 'mediator.manage' },
    summary:
      'What mediators of the caller’s committees are due for the cases that ended in a month (以案定补), with the sums; nothing of any side',
    schema: { query: AskedMonth, response: SubsidyMonth },
    run: ({ deps, who, query }) => subsidyOfMonth(deps, who, query.month),
  }),
  route({
    method: 'GET',
    path: '/disputes/subsidy/xlsx',
    access: { capability: 'mediator.manage' },
    summary:
      'What mediators of the caller’s committees are due for the cases that ended in a month (以案定补), as a workbook; nothing of any side',
    schema: { query: AskedMonth, response: Bytes },
    run: async ({ deps, who, query, language }) => {
      const { name, bytes } = await subsidySheet(deps, who, query.month, language);
      return bytesAnswer(bytes, MEDIA.xlsx, {
        'cache-control': 'private, no-store',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      });
    },
  }),
  route({
    method: 'GET',
    path: '/disputes/subsidy/rates',
    access: { public: 'what is paid out of the public purse for a case is no secret, and is nobody’s own' },
    summary: 'What is paid for a case, by area, with the source of each',
    schema: { response: Type.Object({ rates: Type.Array(SubsidyRates) }) },
    run: async ({ deps, who }) => ({ rates: await subsidyRates(deps, who) }),
  }),
  route({
    method: 'POST',
    path: '/disputes/subsidy/rates',
    access: { capability: 'mediation.count' },
    summary: 'Sets what an area pays for a case from a month on; the same again changes nothing',
    schema: { body: NewSubsidyRates, response: SubsidyRates },
    run: async ({ deps, who, body }) => answer(await setRates(deps, who, body), { status: 201 }),
  }),
];
