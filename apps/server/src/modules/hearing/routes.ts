import { Changed } from '@tongxin/domain/administration/view.ts';
import { Uuid } from '@tongxin/domain/case/view.ts';
import {
  DeskHearing,
  HearingReceipt,
  NewCallOff,
  NewDraw,
  NewHearing,
  NewHearingPublication,
  NewMinutes,
  NewOpinion,
  NewReplacement,
  Panellist,
  PanellistChange,
  PublicHearing,
} from '@tongxin/domain/hearing/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { answer } from '../../platform/http/answer.ts';
import {
  callOff,
  changePanellist,
  convene,
  draw,
  giveOpinion,
  hold,
  ownHearings,
  publicHearings,
  publish,
  replace,
  roster,
} from './service.ts';

const ById = Type.Object({ id: Uuid });
const conveners = { capability: 'hearing.convene' } as const;
const keepers = { capability: 'hearing.roster' } as const;
const People = Type.Object({ panellists: Type.Array(Panellist) });

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/public/hearings',
    access: { public: 'a public hearing is announced to everybody, by numbers and without names' },
    summary: 'Public hearings: announcement, the commitment to the lot, the lot once drawn, and what was published of the end',
    schema: { response: Type.Object({ hearings: Type.Array(PublicHearing) }) },
    run: async ({ deps, who }) => ({ hearings: await publicHearings(deps, who) }),
  }),
  route({
    method: 'GET',
    path: '/panellists',
    access: keepers,
    summary: 'The roster of panellists of the caller’s area',
    schema: { response: People },
    run: async ({ deps, who }) => ({ panellists: await roster(deps, who) }),
  }),
  route({
    method: 'POST',
    path: '/panellists/:id',
    access: keepers,
    summary: 'Puts somebody who agreed to serve on the roster of an area, or changes the line',
    schema: { params: ById, body: PanellistChange, response: Changed },
    run: ({ deps, who, params, body }) => changePanellist(deps, who, params.id, body),
  }),
  route({
    method: 'GET',
    path: '/hearings/candidates',
    access: conveners,
    summary: 'The rosters that the caller’s body draws from',
    schema: { response: People },
    run: async ({ deps, who }) => ({ panellists: await roster(deps, who) }),
  }),
  route({
    method: 'GET',
    path: '/hearings',
    access: conveners,
    summary: 'Hearings of the caller’s body',
    schema: { response: Type.Object({ hearings: Type.Array(DeskHearing) }) },
    run: async ({ deps, who }) => ({ hearings: await ownHearings(deps, who) }),
  }),
  route({
    method: 'POST',
    path: '/hearings',
    access: conveners,
    summary: 'Convenes and announces a hearing, with the frozen list of candidates and a commitment to the lot',
    schema: { body: NewHearing, response: HearingReceipt },
    run: async ({ deps, who, body }) => {
      const { receipt, repeated } = await convene(deps, who, body);
      return answer(receipt, { status: repeated ? 200 : 201 });
    },
  }),
  route({
    method: 'POST',
    path: '/hearings/:id/draw',
    access: conveners,
    summary: 'Opens the seed and draws the panel, on a later day than it was committed to',
    schema: { params: ById, body: NewDraw, response: DeskHearing },
    run: ({ deps, who, params, body }) => draw(deps, who, params.id, body),
  }),
  route({
    method: 'POST',
    path: '/hearings/:id/replace',
    access: conveners,
    summary: 'A panellist falls out with a reason; the next of the same order sits, while most of the panel stays as drawn',
    schema: { params: ById, body: NewReplacement, response: DeskHearing },
    run: ({ deps, who, params, body }) => replace(deps, who, params.id, body),
  }),
  route({
    method: 'POST',
    path: '/hearings/:id/calling-off',
    access: conveners,
    summary: 'Calls a hearing off; why is published, in words that name nobody',
    schema: { params: ById, body: NewCallOff, response: DeskHearing },
    run: ({ deps, who, params, body }) => callOff(deps, who, params.id, body),
  }),
  route({
    method: 'POST',
    path: '/hearings/:id/minutes',
    access: conveners,
    summary: 'Records that the hearing was held, with its minutes; not before it begins',
    schema: { params: ById, body: NewMinutes, response: DeskHearing },
    run: ({ deps, who, params, body }) => hold(deps, who, params.id, body),
  }),
  route({
    method: 'POST',
    path: '/hearings/:id/opinion',
    access: conveners,
    summary: 'Records the opinion of the panel: votes counted, dissent noted',
    schema: { params: ById, body: NewOpinion, response: DeskHearing },
    run: ({ deps, who, params, body }) => giveOpinion(deps, who, params.id, body),
  }),
  route({
    method: 'POST',
    path: '/hearings/:id/publication',
    access: conveners,
    summary: 'Shows opinion and answer to everybody, in words that name nobody',
    schema: { params: ById, body: NewHearingPublication, response: DeskHearing },
    run: ({ deps, who, params, body }) => publish(deps, who, params.id, body),
  }),
];
