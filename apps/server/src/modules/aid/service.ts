import type { AidStandard, NewAidStandard } from '@tongxin/domain/aid/schema.ts';
import { isDate } from '@tongxin/domain/calendar/rules.ts';
import type { Deps } from '../../platform/deps.ts';
import { conflict, forbidden, invalid } from '../../platform/errors/problem.ts';
import { type Who, withScope } from '../../platform/tx/tx.ts';
import { presentStandard } from './present.ts';
import { findStandards, insertStandard, mayManage } from './repo.ts';

/** Every standard that was set, the latest first; of one day, the one that was set last. */
export const standards = (deps: Deps, who: Who): Promise<AidStandard[]> =>
  withScope(deps.pools.app, who, async ({ tx }) => (await findStandards(tx)).map((row) => presentStandard(deps, row)));

/** Sets a standard under an id made by the client. Throws 403 beyond one's area, 409 for an id that says something else. */
export const setStandard = (deps: Deps, who: Who, asked: NewAidStandard): Promise<AidStandard> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    const { id, areaId, monthlyIncome, source, from } = asked;
    if (!isDate(from)) throw invalid('fieldUnfit', { field: 'from', why: 'notDate' });
    if (source.trim() === '' || source.includes('\u0000') || !source.isWellFormed()) throw invalid('fieldMissing', { field: 'source' });
    if (!deps.places.ofArea(areaId)) throw invalid('unknownArea', { field: 'areaId' });
    if (!(await mayManage(tx, areaId))) throw forbidden('beyondYourArea');
    await insertStandard(tx, { ...asked, source: source.trim() }, deps.clock.now().toISOString());
    const made = (await findStandards(tx)).find((row) => row.standard_id === id);
    if (
      !made ||
      made.area_id !== areaId ||
      made.monthly_income !== monthlyIncome ||
      made.source !== source.trim() ||
      made.valid_from !== from
    )
      throw conflict('idTaken');
    return presentStandard(deps, made);
  });
