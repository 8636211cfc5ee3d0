import { type Static, Type } from 'typebox';

/** Kinds of notice; also the i18n key `notice.<kind>`. */
export const NOTICE_KINDS = [
  'sos',
  'arrived',
  'urged',
  'supervised',
  'instructed',
  'extension',
  'news',
  'taken',
  'dueSoon',
  'overdue',
  'escalate',
  'screeningSoon',
  'screeningOverdue',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/**
 * What nobody switches off for himself: that a limit has run out, and what is demanded from above, are told by duty. They may wait, they do not
 * fall silent. A call for help does not even wait.
 */
export const KEPT_KINDS = [
  'sos',
  'urged',
  'supervised',
  'instructed',
  'overdue',
  'escalate',
  'screeningOverdue',
] as const satisfies readonly NoticeKind[];
export const MUTABLE_KINDS = NOTICE_KINDS.filter(
  (kind): kind is Exclude<NoticeKind, (typeof KEPT_KINDS)[number]> => !(KEPT_KINDS as readonly string[]).includes(kind),
);

/** One notice that sums up in place of many: at every full hour, once a day, or when one's shift begins. */
export const DIGESTS = ['off', 'hourly', 'daily', 'shift'] as const;
export type Digest = (typeof DIGESTS)[number];

/** A time of day in Asia/Shanghai, in minutes from midnight. */
const Minute = Type.Integer({ minimum: 0, maximum: 1439 });

export const NoticeSettings = Type.Object(
  {
    /** Kinds that are not told at all. */
    muted: Type.Array(Type.Enum([...MUTABLE_KINDS]), { maxItems: MUTABLE_KINDS.length, uniqueItems: true }),
    /** From one time of day up to but not including another; over midnight where the first is the later. */
    quiet: Type.Optional(Type.Object({ from: Minute, to: Minute }, { additionalProperties: false })),
    /** Matters of the urgent class (A) are told at once also in quiet hours and around a digest. */
    urgentPasses: Type.Boolean(),
    digest: Type.Enum([...DIGESTS]),
    /** When the daily digest comes; also that of shifts where the roster names none. */
    digestAt: Minute,
  },
  { additionalProperties: false },
);
export type NoticeSettings = Static<typeof NoticeSettings>;

/** What holds until somebody chooses: everything at once. */
export const DEFAULT_SETTINGS: NoticeSettings = { muted: [], urgentPasses: true, digest: 'off', digestAt: 510 };
