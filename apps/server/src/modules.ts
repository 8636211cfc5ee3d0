import { areaModule } from './modules/area/index.ts';
import { caseModule } from './modules/case/index.ts';
import { categoryModule } from './modules/category/index.ts';
import { departmentModule } from './modules/department/index.ts';
import { documentModule } from './modules/document/index.ts';
import { dutyModule } from './modules/duty/index.ts';
import { exchangeModule } from './modules/exchange/index.ts';
import { facilityModule } from './modules/facility/index.ts';
import { fileModule } from './modules/file/index.ts';
import { intakeModule } from './modules/intake/index.ts';
import { liveModule } from './modules/live/index.ts';
import { noticeModule } from './modules/notice/index.ts';
import { organizationModule } from './modules/organization/index.ts';
import { personModule } from './modules/person/index.ts';
import { procedureModule } from './modules/procedure/index.ts';
import { recordModule } from './modules/record/index.ts';
import { rosterModule } from './modules/roster/index.ts';
import { searchModule } from './modules/search/index.ts';
import { sessionModule } from './modules/session/index.ts';
import { statisticsModule } from './modules/statistics/index.ts';
import { webhookModule } from './modules/webhook/index.ts';
import type { Manifest } from './platform/access-plugin/manifest.ts';

/** Every module of this installation, in the order in which their routes are listed. */
export const manifests: readonly Manifest[] = [
  intakeModule,
  caseModule,
  fileModule,
  documentModule,
  recordModule,
  searchModule,
  statisticsModule,
  liveModule,
  sessionModule,
  personModule,
  noticeModule,
  areaModule,
  facilityModule,
  organizationModule,
  rosterModule,
  dutyModule,
  categoryModule,
  procedureModule,
  exchangeModule,
  webhookModule,
  departmentModule,
];
