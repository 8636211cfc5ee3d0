import type { Capability } from '../../post/policy.ts';
import type { ImportRegister } from '../schema.ts';

/** Who may bring a register in, and by which fields a row is known where it has no id. */
export const IMPORTS: Readonly<Record<ImportRegister, { readonly capability: Capability; readonly key: readonly string[] }>> = {
  organizations: { capability: 'organization.manage', key: ['name', 'area'] },
  posts: { capability: 'organization.manage', key: ['title', 'organization', 'area'] },
  people: { capability: 'person.manage', key: ['username', 'post'] },
  dutyItems: { capability: 'duty.manage', key: ['list', 'listKind', 'area', 'clause'] },
  categories: { capability: 'category.manage', key: ['id'] },
  articles: { capability: 'knowledge.manage', key: ['title', 'organization'] },
  replyTemplates: { capability: 'reply.manage', key: ['title', 'organization'] },
  facilities: { capability: 'facility.manage', key: ['code'] },
  shifts: { capability: 'roster.manage', key: ['organization', 'post', 'startsAt'] },
  calendarDays: { capability: 'calendar.manage', key: ['day'] },
  mediators: { capability: 'mediator.manage', key: ['organization', 'post'] },
  panellists: { capability: 'hearing.roster', key: ['name', 'area'] },
};

/** Rows of one table of a register; more are brought in parts. */
export const MOST_ROWS = 5000;
