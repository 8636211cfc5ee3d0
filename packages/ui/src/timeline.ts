import type { RecordEntry } from '@tongxin/domain/case/view.ts';

/** Newest first; entries of one instant keep the record's order. By time, not number: a merged case also shows its main case's steps. */
export const newestFirst = (record: readonly RecordEntry[]): RecordEntry[] =>
  [...record].sort((a, b) => (a.at === b.at ? b.no - a.no : a.at < b.at ? 1 : -1));

/** Claimed time differs from the recorded one by more than a minute: both are worth showing. */
export const backFilled = (entry: RecordEntry): boolean => Math.abs(Date.parse(entry.at) - Date.parse(entry.occurredAt)) > 60_000;
