import type { RecordEntry } from '@tongxin/domain/case/view.ts';

/** Newest first; entries of one instant keep the record's order. */
export const newestFirst = (record: readonly RecordEntry[]): RecordEntry[] => [...record].sort((a, b) => b.no - a.no);

/** Claimed time differs from the recorded one by more than a minute: both are worth showing. */
export const backFilled = (entry: RecordEntry): boolean => Math.abs(Date.parse(entry.at) - Date.parse(entry.occurredAt)) > 60_000;
