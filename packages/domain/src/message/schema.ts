import { type Static, Type } from 'typebox';

/** Ways out of the house; also the i18n key `channel.<channel>`. `account`: an official account (公众号) in a chat app that people follow. */
export const CHANNELS = ['sms', 'mail', 'push', 'account'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What is sent: that a matter moved on, that a member of staff has a notice, or a code that proves an address. */
export const MESSAGE_KINDS = ['progress', 'notice', 'confirm'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** `dropped`: not wanted any more when its turn came, or its person was erased. */
export const MESSAGE_STATES = ['waiting', 'sent', 'failed', 'dropped'] as const;

/** Why a message was not taken; also the i18n key `messageProblem.<code>`. */
export const MESSAGE_PROBLEMS = [
  'unreachable',
  'busy',
  'refused',
  'badAddress',
  'notAuthorised',
  'gone',
  'notWanted',
  'switchedOff',
] as const;
export type MessageProblem = (typeof MESSAGE_PROBLEMS)[number];

/** Which ways an installation has. What is off is said, and nothing is sent by it. */
export const ChannelsView = Type.Object({ sms: Type.Boolean(), mail: Type.Boolean(), push: Type.Boolean(), account: Type.Boolean() });
export type ChannelsView = Static<typeof ChannelsView>;

/** GET|PUT /receipts/{code}/notify: whether one hears of one's matter by SMS. */
export const WishView = Type.Object({
  /** The installation sends SMS. */
  offered: Type.Boolean(),
  /** A telephone number is kept with this query code. */
  reachable: Type.Boolean(),
  sms: Type.Boolean(),
});
export type WishView = Static<typeof WishView>;

/** A browser's push subscription (W3C Push API): where to push, and the keys of RFC 8291. */
export const PushSubscription = Type.Object(
  {
    endpoint: Type.String({ minLength: 8, maxLength: 1000 }),
    /** An uncompressed point of P-256. */
    p256dh: Type.String({ pattern: '^B[A-Za-z0-9_-]{86}$' }),
    auth: Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' }),
  },
  { additionalProperties: false },
);
export type PushSubscription = Static<typeof PushSubscription>;

export const MailAddress = Type.String({ minLength: 3, maxLength: 254, pattern: '^[^\\s@<>",;]{1,64}@[^\\s@<>",;]{1,190}$' });

/** GET /me/addresses: where a person is told: staff of their notices, residents of their own matters. */
export const AddressesView = Type.Object({
  mailOffered: Type.Boolean(),
  /** To residents: by the telephone that their account has proved. */
  smsOffered: Type.Boolean(),
  /** To residents: the name of the official account to follow; absent where there is none. */
  accountName: Type.Optional(Type.String()),
  /** The key by which a browser knows this installation's pushes; absent: pushes are off. */
  pushKey: Type.Optional(Type.String()),
  addresses: Type.Array(
    Type.Object({
      id: Type.String(),
      channel: Type.Enum([...CHANNELS]),
      /** Of a mail address or telephone, enough to know it by. */
      masked: Type.Optional(Type.String()),
      /** What to send to the official account within half an hour, so that it knows whom it writes to. */
      code: Type.Optional(Type.String()),
      proved: Type.Boolean(),
      addedAt: Type.String(),
    }),
  ),
});
export type AddressesView = Static<typeof AddressesView>;

export const MessageView = Type.Object({
  id: Type.String(),
  channel: Type.Enum([...CHANNELS]),
  state: Type.Enum([...MESSAGE_STATES]),
  tries: Type.Integer(),
  problem: Type.Optional(Type.Enum([...MESSAGE_PROBLEMS])),
  createdAt: Type.String(),
  nextAt: Type.Optional(Type.String()),
  endedAt: Type.Optional(Type.String()),
});
export type MessageView = Static<typeof MessageView>;
