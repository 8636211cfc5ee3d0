import { Type } from 'typebox';
import { type Route, route } from '../../platform/access-plugin/route.ts';
import { DemoAccountView, MeView, presentMe } from './present.ts';
import { chooseLanguage, demoAccounts, me } from './service.ts';

export const routes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/me',
    access: { signedIn: true },
    summary: 'Who is signed in, and the posts they hold today',
    schema: { response: MeView },
    run: async ({ deps, who }) => presentMe(await me(deps, who)),
  }),
  route({
    method: 'POST',
    path: '/me/language',
    access: { signedIn: true },
    summary: 'Choose the language of screens and notices',
    schema: {
      body: Type.Object({ language: Type.Enum(['zh', 'en']) }, { additionalProperties: false }),
      response: Type.Object({ language: Type.Enum(['zh', 'en']) }),
    },
    run: async ({ deps, who, body }) => {
      await chooseLanguage(deps, who, body.language);
      return { language: body.language };
    },
  }),
  route({
    method: 'GET',
    path: '/demo/accounts',
    access: { public: 'the demo says how to sign in; not found outside demo mode' },
    summary: 'Accounts of the demo, by post',
    schema: { response: DemoAccountView },
    run: ({ deps }) => demoAccounts(deps),
  }),
];
