import { NewRating, RatingView } from '@tongxin/domain/receipt/view.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { rate, viewRating } from './service.ts';

const Code = Type.Object({ code: Type.String({ minLength: 8, maxLength: 40, pattern: '^[0-9A-Za-z-]+$' }) });
const HOLDER = { public: 'whoever holds the link of a message rates that one answer' } as const;

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/ratings/:code',
    access: HOLDER,
    guessed: true,
    summary: 'What a rating link asks',
    schema: { params: Code, response: RatingView },
    run: ({ deps, who, params }) => viewRating(deps, who, params.code),
  }),
  route({
    method: 'POST',
    path: '/ratings/:code',
    access: HOLDER,
    guessed: true,
    summary: 'Rates an answer in one tap, once',
    schema: { params: Code, body: NewRating, response: Type.Object({ rated: Type.String() }) },
    run: ({ deps, who, params, body }) => rate(deps, who, params.code, body.value),
  }),
];
