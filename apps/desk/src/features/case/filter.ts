import { questionOf } from '@tongxin/domain/inbox/rules.ts';
import { type Filter, ORDERS, type Question, VIEWS } from '@tongxin/domain/inbox/schema.ts';
import { boxOf } from '@tongxin/domain/map/rules.ts';
import { lightNames } from '@tongxin/ui/light.ts';

export const CHANNELS = ['portal', 'hotline', 'window', 'letter', 'patrol', 'department', 'sensor', 'media', 'open311', 'import'] as const;

/** What the list's address says: a link to a list is the list. `saved` names the view of one's own that it was opened as. */
export type ListAddress = Filter & { readonly saved?: string };

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;
const DAY = /^(?:19|20|21)\d\d-\d\d-\d\d$/u;
const text = (value: unknown, most = 200): string | undefined => (typeof value === 'string' && value ? value.slice(0, most) : undefined);
const one = <T extends string>(values: readonly T[], value: unknown): T | undefined => values.find((known) => known === value);
const fit = (pattern: RegExp, value: unknown): string | undefined => (typeof value === 'string' && pattern.test(value) ? value : undefined);

/** Reads a list's address; what does not belong is dropped. */
export const filterFrom = (search: Record<string, unknown>): ListAddress => {
  const area = Array.isArray(search.area) ? search.area.flatMap((id) => fit(UUID, id) ?? []).slice(0, 6) : [];
  const read: ListAddress = {
    view: one(VIEWS, search.view),
    stage: text(search.stage, 60),
    light: one(lightNames, search.light),
    categoryId: text(search.categoryId),
    channel: one(CHANNELS, search.channel),
    area: area.length ? area : undefined,
    q: text(search.q),
    filedFrom: fit(DAY, search.filedFrom),
    filedTo: fit(DAY, search.filedTo),
    dueFrom: fit(DAY, search.dueFrom),
    dueTo: fit(DAY, search.dueTo),
    bbox: typeof search.bbox === 'string' && boxOf(search.bbox) ? search.bbox.slice(0, 100) : undefined,
    order: one(ORDERS, search.order),
    saved: fit(UUID, search.saved),
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)) as ListAddress;
};

/** What the reader narrowed the list by, besides its view. */
export const isNarrowed = ({ view: _view, saved: _saved, order: _order, ...rest }: ListAddress): boolean => Object.keys(rest).length > 0;

/** The question for the server, from one of the reader's posts: a link to a list is another's list too, and names none. */
export const questionFor = ({ saved: _saved, ...filter }: ListAddress, postId?: string): Question => ({
  ...questionOf(filter),
  ...(postId ? { postId } : {}),
});

/** What is due next of a row, by which a list in that order stands; never: the end of time. */
export const dueOf = (row: { overallDueAt?: string; overallStopped: boolean; handlingDueAt?: string }): string =>
  [row.overallStopped ? undefined : row.overallDueAt, row.handlingDueAt].filter((due) => due !== undefined).sort()[0] ?? '9999';
