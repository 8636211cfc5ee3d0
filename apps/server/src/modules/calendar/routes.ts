import { Changed } from '@tongxin/domain/administration/view.ts';
import { CalendarYear } from '@tongxin/domain/calendar/schema.ts';
import { CalendarPreview, KnownYear } from '@tongxin/domain/calendar/view.ts';
import { Uuid } from '@tongxin/domain/case/view.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { loadYear, previewYear, years } from './manage/service.ts';

const MANAGES = { capability: 'calendar.manage' } as const;

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/calendar',
    access: { signedIn: true },
    summary: 'Years whose notice is known, with every day that differs from a plain week',
    schema: { response: Type.Object({ years: Type.Array(KnownYear) }) },
    run: async ({ deps, who }) => ({ years: await years(deps, who) }),
  }),
  route({
    method: 'POST',
    path: '/calendar/preview',
    access: MANAGES,
    summary: 'What loading the notice of a year would change; changes nothing',
    schema: { body: CalendarYear, response: CalendarPreview },
    run: ({ deps, who, body }) => previewYear(deps, who, body),
  }),
  route({
    method: 'POST',
    path: '/calendar',
    access: MANAGES,
    summary: 'Load the notice of a year; with `replace` also where the year is known otherwise',
    schema: {
      body: Type.Object(
        { commandId: Uuid, replace: Type.Optional(Type.Boolean()), ...CalendarYear.properties },
        { additionalProperties: false },
      ),
      response: Changed,
    },
    run: ({ deps, who, body }) => loadYear(deps, who, body),
  }),
];
