import { Uuid } from '@tongxin/domain/case/view.ts';
import {
  Appointment,
  ChallengeAnswer,
  ChoosingView,
  OwnChoice,
  RecordedChoice,
  SteppingAside,
} from '@tongxin/domain/dispute/choosing/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../../platform/access-plugin/route.ts';
import { answer } from '../../../platform/http/answer.ts';
import { answerChallenge, appoint, choosingView, makeChoice, ownChoosing, recordChoice, stepAside } from './service.ts';

const Id = Type.Object({ id: Uuid });
const Code = Type.Object({ code: Type.String({ minLength: 8, maxLength: 40, pattern: '^[0-9A-Za-z-]+$' }) });
const Written = Type.Object({ version: Type.Integer() });
const mediators = { capability: 'mediation.record' } as const;

export const choosingRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/disputes/:id/choosing',
    access: mediators,
    summary: 'Candidates with what speaks against them, what each side said, and who may be appointed',
    schema: { params: Id, response: ChoosingView },
    run: ({ deps, who, params }) => choosingView(deps, who, params.id),
  }),
  route({
    method: 'POST',
    path: '/disputes/:id/choices',
    access: mediators,
    summary: 'Writes down what a side said about who mediates, or names somebody for the committee',
    schema: { params: Id, body: RecordedChoice, response: ChoosingView },
    run: ({ deps, who, params, body }) => recordChoice(deps, who, params.id, body),
  }),
  route({
    method: 'POST',
    path: '/disputes/:id/mediator',
    access: mediators,
    summary: 'Appoints whom all sides chose or accepted; a question of conflict is the head’s to answer',
    schema: { params: Id, body: Appointment, response: Written },
    run: async ({ deps, who, params, body }) => {
      const { version } = await appoint(deps, who, params.id, body);
      return answer({ version }, { version });
    },
  }),
  route({
    method: 'POST',
    path: '/disputes/:id/mediator/step-aside',
    access: mediators,
    summary: 'The mediator steps aside; another is chosen, never the same again',
    schema: { params: Id, body: SteppingAside, response: Written },
    run: async ({ deps, who, params, body }) => {
      const { version } = await stepAside(deps, who, params.id, body);
      return answer({ version }, { version });
    },
  }),
  route({
    method: 'POST',
    path: '/disputes/:id/challenge',
    access: mediators,
    summary: 'The head answers a challenge of the mediator: another is chosen, or a reason is told',
    schema: { params: Id, body: ChallengeAnswer, response: Written },
    run: async ({ deps, who, params, body }) => {
      const { version } = await answerChallenge(deps, who, params.id, body);
      return answer({ version }, { version });
    },
  }),
  route({
    method: 'GET',
    path: '/receipts/:code/choosing',
    access: { receipt: true },
    summary: 'Who may mediate the dispute of a query code, and how the choice stands',
    schema: { params: Code, response: ChoosingView },
    run: ({ deps, who }) => ownChoosing(deps, who),
  }),
  route({
    method: 'POST',
    path: '/receipts/:code/choices',
    access: { receipt: true },
    summary: 'A side chooses who mediates, answers whom the committee names, or asks for another',
    schema: { params: Code, body: OwnChoice, response: ChoosingView },
    run: ({ deps, who, body }) => makeChoice(deps, who, body),
  }),
];
