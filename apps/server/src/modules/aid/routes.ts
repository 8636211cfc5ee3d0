import { AidStandard, NewAidStandard } from '@tongxin/domain/aid/schema.ts';
import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { answer } from '../../platform/http/answer.ts';
import { setStandard, standards } from './service.ts';

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/legal-aid/standards',
    access: { public: 'whoever asks whether legal aid is likely needs the number, and nobody else may learn who asks' },
    summary: 'Below which income legal aid is given, by area, with the source of each number',
    schema: { response: Type.Object({ standards: Type.Array(AidStandard) }) },
    run: async ({ deps, who }) => ({ standards: await standards(deps, who) }),
  }),
  route({
    method: 'POST',
    path: '/legal-aid/standards',
    access: { capability: 'legalAid.manage' },
    summary: 'Sets the standard of an area from a day on; the same again changes nothing',
    schema: { body: NewAidStandard, response: AidStandard },
    run: async ({ deps, who, body }) => answer(await setStandard(deps, who, body), { status: 201 }),
  }),
];
