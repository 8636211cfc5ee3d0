import type { ErasureView, NewObjection, OwnCase, SignInWays } from '@tongxin/domain/account/schema.ts';
import type { Receipt } from '@tongxin/domain/case/view.ts';
import type { OwnFollowing } from '@tongxin/domain/follow/schema.ts';
import type { AddressesView, PushSubscription } from '@tongxin/domain/message/schema.ts';
import type { BookingChange, NewBooking, OwnAdvice, OwnBooking } from '@tongxin/domain/reception/schema.ts';
import type { Http } from './http.ts';
import type { Readings } from './shapes.ts';

export interface OwnDetails {
  readonly name?: string;
  readonly phone?: string;
  readonly mail?: string;
  readonly language: 'zh' | 'en';
  readonly largeType: boolean;
}

const at = encodeURIComponent;

/** What a resident's own page asks of /api/v1. */
export const makeAccount = (http: Http) => ({
  details: (signal?: AbortSignal) => http<OwnDetails>('GET', '/me/details', { signal }),
  chooseDetails: (chosen: { readonly name?: string; readonly largeType?: boolean }) =>
    http<OwnDetails>('PUT', '/me/details', { json: chosen }),
  chooseLanguage: (language: 'zh' | 'en') => http<unknown>('POST', '/me/language', { json: { language } }),
  cases: async (signal?: AbortSignal) => (await http<{ cases: OwnCase[] }>('GET', '/me/cases', { signal })).cases,
  claim: async (code: string) => (await http<{ cases: OwnCase[] }>('POST', '/me/cases', { json: { code }, idempotent: true })).cases,
  readings: (before?: string, signal?: AbortSignal) => http<Readings>('GET', '/me/access-log', { query: { before }, signal }),
  object: (readingId: string, objection: NewObjection) =>
    http<Receipt>('POST', `/me/access-log/${at(readingId)}/objection`, { json: objection, idempotent: true }),
  ways: (signal?: AbortSignal) => http<SignInWays>('GET', '/me/sign-in', { signal }),
  addresses: (signal?: AbortSignal) => http<AddressesView>('GET', '/me/addresses', { signal }),
  addMail: (id: string, address: string) => http<AddressesView>('PUT', `/me/addresses/${at(id)}/mail`, { json: { address } }),
  addPhone: (id: string) => http<AddressesView>('PUT', `/me/addresses/${at(id)}/sms`),
  addFollowed: (id: string) => http<AddressesView>('PUT', `/me/addresses/${at(id)}/account`),
  addBrowser: (id: string, browser: PushSubscription) => http<AddressesView>('PUT', `/me/addresses/${at(id)}/push`, { json: browser }),
  removeAddress: (id: string) => http<AddressesView>('DELETE', `/me/addresses/${at(id)}`),
  follows: async (signal?: AbortSignal) => (await http<{ follows: OwnFollowing[] }>('GET', '/me/follows', { signal })).follows,
  keepFollow: async (code: string) =>
    (await http<{ follows: OwnFollowing[] }>('POST', '/me/follows', { json: { code }, idempotent: true })).follows,
  bookings: async (signal?: AbortSignal) => (await http<{ bookings: OwnBooking[] }>('GET', '/me/bookings', { signal })).bookings,
  book: (id: string, booking: NewBooking) => http<OwnBooking>('PUT', `/me/bookings/${at(id)}`, { json: booking, idempotent: true }),
  changeBooking: (id: string, change: BookingChange) =>
    http<OwnBooking>('POST', `/me/bookings/${at(id)}/change`, { json: change, idempotent: true }),
  cancelBooking: (id: string) => http<OwnBooking>('POST', `/me/bookings/${at(id)}/cancel`, { json: {}, idempotent: true }),
  advice: async (signal?: AbortSignal) => (await http<{ advice: OwnAdvice[] }>('GET', '/me/advice', { signal })).advice,
  eraseAdvice: async (id: string) =>
    (await http<{ advice: OwnAdvice[] }>('POST', `/me/advice/${at(id)}/erase`, { json: {}, idempotent: true })).advice,
  erasure: (signal?: AbortSignal) => http<ErasureView>('GET', '/me/erasure', { signal }),
  erase: () => http<ErasureView>('POST', '/me/erasure', { json: { confirmed: true } }),
});

/** A resident's sign-in; `http` here has the base `/api/auth`. */
export const makeResidentSignIn = (http: Http) => ({
  sendPhoneCode: (phoneNumber: string) => http<unknown>('POST', '/phone-number/send-otp', { json: { phoneNumber } }),
  sendMailCode: (mail: string) => http<unknown>('POST', '/code/mail', { json: { mail } }),
  byPhone: (phoneNumber: string, code: string) => http<unknown>('POST', '/phone-number/verify', { json: { phoneNumber, code } }),
  byMail: (mail: string, code: string) => http<unknown>('POST', '/sign-in/mail', { json: { mail, code } }),
  byPassword: (account: string, password: string) => http<unknown>('POST', '/sign-in/password', { json: { account, password } }),
  passkeyChallenge: () => http<Record<string, unknown>>('POST', '/passkey/challenge', { json: {} }),
  byPasskey: (response: object) => http<unknown>('POST', '/sign-in/passkey', { json: { response } }),
  passkeyOffer: () => http<Record<string, unknown>>('POST', '/passkey/offer', { json: {} }),
  keepPasskey: (response: object, name: string) => http<unknown>('POST', '/passkey/keep', { json: { response, name } }),
  removePasskey: (id: string) => http<unknown>('POST', '/passkey/remove', { json: { id } }),
  sendNewMailCode: (mail: string) => http<unknown>('POST', '/contacts/mail/code', { json: { mail } }),
  provePhone: (phoneNumber: string, code: string) => http<unknown>('POST', '/contacts/phone', { json: { phoneNumber, code } }),
  proveMail: (mail: string, code: string) => http<unknown>('POST', '/contacts/mail', { json: { mail, code } }),
  choosePassword: (password: string) => http<unknown>('POST', '/password', { json: { password } }),
  signOut: () => http<unknown>('POST', '/sign-out', { json: {} }),
});
