import { isDate } from '@tongxin/domain/calendar/rules.ts';
import type { Instant } from '@tongxin/domain/clock/schema.ts';
import { onDuty as onDutyAmong, type Shift } from '@tongxin/domain/roster/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import { invalid, notFound } from '../../platform/errors/problem.ts';
import { type Tx, type Who, withScope } from '../../platform/tx/tx.ts';
import { findShifts } from './repo.ts';

/** Who of a body is on duty at an instant, who came on last first; empty in ordinary office hours without a roster. */
export const onDuty = async (tx: Tx, organizationId: string, at: Instant): Promise<Shift[]> =>
  onDutyAmong(await findShifts(tx, organizationId, at, new Date(Date.parse(at) + 1).toISOString()), at);

const DAYS_LOOKED_AHEAD = 4;

/** The shifts of a body that run at an instant and those of the days after it: who goes, who comes. */
export const shiftsNear = (tx: Tx, organizationId: string, at: Instant): Promise<Shift[]> =>
  findShifts(tx, organizationId, at, new Date(Date.parse(at) + DAYS_LOOKED_AHEAD * 86_400_000).toISOString());

/** Shifts of a body over at most 92 days. Throws 404 for a body there is not. */
export const shiftsOf = (deps: Deps, who: Who, organizationId: string, from: string, days: number): Promise<Shift[]> =>
  withScope(deps.pools.app, who, ({ tx }) => {
    if (!deps.directory.organization(organizationId)) throw notFound();
    if (!isDate(from)) throw invalid('fieldUnfit', { field: 'from', why: 'notDate' });
    const start = Date.parse(`${from}T00:00:00+08:00`);
    return findShifts(tx, organizationId, new Date(start).toISOString(), new Date(start + days * 86_400_000).toISOString());
  });
