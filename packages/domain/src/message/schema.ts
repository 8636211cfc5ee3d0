import { type Static, Type } from 'typebox';

/** Ways out of the house; also the i18n key `channel.<channel>`. */
export const CHANNELS = ['sms', 'mail', 'push'] as const;
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
export const ChannelsView = Type.Object({ sms: Type.Boolean(), mail: Type.Boolean(), push: Type.Boolean() });
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
