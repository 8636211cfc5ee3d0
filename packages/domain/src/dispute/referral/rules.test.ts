import { expect, test } from 'vitest';
import { CALENDARS } from '../../clock/limit/table.ts';
import { mediationProcedure } from '../procedure.ts';
import { reportBy, resultsAt } from './rules.ts';
import type { Sender } from './schema.ts';

test.each<[sender: Sender, receivedOn: string, dueOn: string | undefined, due: string]>([
  ['courtBeforeFiling', '2026-09-08', undefined, '2026-10-08'],
  ['courtOrdinary', '2026-10-08', undefined, '2026-10-23'],
  // A court's time is the law's, whatever day is named.
  ['courtSummary', '2026-10-11', '2026-12-31', '2026-10-19'],
  ['police', '2026-10-08', '2026-10-16', '2026-10-16'],
  ['petition', '2026-10-09', undefined, '2026-11-09'],
  // The thirtieth day is Saturday 7 November: the Monday after it (民法典 第二百零三条).
  ['petition', '2026-10-08', undefined, '2026-11-09'],
])('%s, received on %s and wanted by %s, hears by %s', (sender, receivedOn, dueOn, due) =>
  expect(reportBy(sender, { receivedOn, dueOn }, CALENDARS.to2026)).toBe(due),
);

test('every end and every agreement can be reported, and nothing that goes on', () => {
  const reported = Object.keys(mediationProcedure.stages).filter((stage) => resultsAt(stage).length > 0);
  expect(reported.sort()).toEqual(['broken', 'confirming', 'effective', 'promised', 'settled', 'stopped', 'unsettled', 'withdrawn']);
  expect(resultsAt('effective')).not.toContain('apart');
  expect(resultsAt('unsettled')).not.toContain('agreed');
});
