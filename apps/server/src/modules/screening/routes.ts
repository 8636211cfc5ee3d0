import { Changed } from '@tongxin/domain/administration/view.ts';
import { Uuid } from '@tongxin/domain/case/view.ts';
import { AskedMonth, NewReport, Overview, OwnUnit, UnitChange } from '@tongxin/domain/screening/schema.ts';
import { Type } from 'typebox';
import { Bytes, type Route, route } from '../../platform/access-plugin/route.ts';
import { bytesAnswer } from '../../platform/http/answer.ts';
import { MEDIA } from '../../platform/sheet/sheet.ts';
import { changeUnit, overview, overviewWorkbook, ownUnits, report } from './service.ts';

const ById = Type.Object({ id: Uuid });
const reporters = { capability: 'screening.report' } as const;
const supervisors = { capability: 'screening.supervise' } as const;
const Units = Type.Object({ units: Type.Array(OwnUnit) });

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/screening/own',
    access: reporters,
    summary: 'Monthly screening: what the caller’s bodies owe and have reported in the last months',
    schema: { response: Units },
    run: async ({ deps, who }) => ({ units: await ownUnits(deps, who) }),
  }),
  route({
    method: 'PUT',
    path: '/screening/reports/:id',
    access: reporters,
    summary: 'The report of a month: matters and places, or none found; words that name a person are refused',
    schema: { params: ById, body: NewReport, response: Units },
    run: async ({ deps, who, params, body }) => ({ units: await report(deps, who, params.id, body) }),
  }),
  route({
    method: 'GET',
    path: '/screening/overview',
    access: supervisors,
    summary: 'A month of every unit below the caller: reported, none found, missing',
    schema: { query: AskedMonth, response: Overview },
    run: ({ deps, who, query }) => overview(deps, who, query.month),
  }),
  route({
    method: 'GET',
    path: '/screening/overview/xlsx',
    access: supervisors,
    summary: 'The same month as a workbook',
    schema: { query: AskedMonth, response: Bytes },
    run: async ({ deps, who, query, language }) => {
      const { name, bytes } = await overviewWorkbook(deps, who, query.month, language);
      return bytesAnswer(bytes, MEDIA.xlsx, { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}` });
    },
  }),
  route({
    method: 'POST',
    path: '/screening/units/:id',
    access: supervisors,
    summary: 'Says that a body owes a report each month, from when to when and by which day',
    schema: { params: ById, body: UnitChange, response: Changed },
    run: ({ deps, who, params, body }) => changeUnit(deps, who, params.id, body),
  }),
];
