import { makeAccount, makeResidentSignIn } from '@tongxin/client/account.ts';
import { makeHttp } from '@tongxin/client/http.ts';
import { currentLanguage } from './i18n/i18n.tsx';

const online = (): boolean => navigator.onLine;
/** Of a resident who signs in: a piece of its own, for most come without. */
export const account = makeAccount(makeHttp({ base: '/api/v1', language: currentLanguage, online }));
export const signIn = makeResidentSignIn(makeHttp({ base: '/api/auth', language: currentLanguage, online }));
