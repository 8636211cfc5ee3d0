import type { Question, ViewId } from './schema.ts';

/** What each view asks for. */
export const VIEW: Readonly<Record<ViewId, Question>> = {
  todo: { open: true },
  dueToday: { open: true, due: 'today', order: 'due' },
  overdue: { open: true, light: 'red', order: 'due' },
  dueSoon: { open: true, light: 'amber', order: 'due' },
  objected: { open: true, stage: 'objected' },
  callBack: { view: 'receiving', open: true, due: 'callBack' },
  mine: { view: 'mine' },
  dispatched: { view: 'dispatched' },
  organization: { view: 'organization' },
  supporting: { view: 'supporting' },
  receiving: { view: 'receiving' },
  respondent: { view: 'respondent' },
  instructed: { mark: 'instructed' },
  area: { view: 'area' },
};
