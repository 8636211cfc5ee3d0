import { accountModule } from './modules/account/index.ts';
import { administrationModule } from './modules/administration/index.ts';
import { aidModule } from './modules/aid/index.ts';
import { areaModule } from './modules/area/index.ts';
import { calendarModule } from './modules/calendar/index.ts';
import { caseModule } from './modules/case/index.ts';
import { categoryModule } from './modules/category/index.ts';
import { collectionModule } from './modules/collection/index.ts';
import { departmentModule } from './modules/department/index.ts';
import { disputeModule } from './modules/dispute/index.ts';
import { documentModule } from './modules/document/index.ts';
import { dutyModule } from './modules/duty/index.ts';
import { editModule } from './modules/edit/index.ts';
import { exchangeModule } from './modules/exchange/index.ts';
import { facilityModule } from './modules/facility/index.ts';
import { fieldModule } from './modules/field/index.ts';
import { fileModule } from './modules/file/index.ts';
import { followModule } from './modules/follow/index.ts';
import { handoverModule } from './modules/handover/index.ts';
import { hearingModule } from './modules/hearing/index.ts';
import { hotlineModule } from './modules/hotline/index.ts';
import { inboxModule } from './modules/inbox/index.ts';
import { intakeModule } from './modules/intake/index.ts';
import { knowledgeModule } from './modules/knowledge/index.ts';
import { liveModule } from './modules/live/index.ts';
import { mapModule } from './modules/map/index.ts';
import { messageModule } from './modules/message/index.ts';
import { noticeModule } from './modules/notice/index.ts';
import { open311Module } from './modules/open311/index.ts';
import { organizationModule } from './modules/organization/index.ts';
import { patrolModule } from './modules/patrol/index.ts';
import { personModule } from './modules/person/index.ts';
import { premisesModule } from './modules/premises/index.ts';
import { procedureModule } from './modules/procedure/index.ts';
import { publicationModule } from './modules/publication/index.ts';
import { ratingModule } from './modules/rating/index.ts';
import { receptionModule } from './modules/reception/index.ts';
import { recordModule } from './modules/record/index.ts';
import { replyModule } from './modules/reply/index.ts';
import { rosterModule } from './modules/roster/index.ts';
import { screeningModule } from './modules/screening/index.ts';
import { searchModule } from './modules/search/index.ts';
import { sessionModule } from './modules/session/index.ts';
import { sosModule } from './modules/sos/index.ts';
import { sourceModule } from './modules/source/index.ts';
import { staffModule } from './modules/staff/index.ts';
import { statisticsModule } from './modules/statistics/index.ts';
import { visitModule } from './modules/visit/index.ts';
import { wallModule } from './modules/wall/index.ts';
import { webhookModule } from './modules/webhook/index.ts';
import type { Manifest } from './platform/access-plugin/manifest.ts';

/** Every module of this installation, in the order in which their routes are listed. */
export const manifests: readonly Manifest[] = [
  intakeModule,
  followModule,
  ratingModule,
  publicationModule,
  caseModule,
  inboxModule,
  fileModule,
  documentModule,
  disputeModule,
  aidModule,
  screeningModule,
  sourceModule,
  hearingModule,
  replyModule,
  handoverModule,
  hotlineModule,
  receptionModule,
  recordModule,
  searchModule,
  statisticsModule,
  wallModule,
  liveModule,
  sessionModule,
  personModule,
  accountModule,
  messageModule,
  noticeModule,
  areaModule,
  facilityModule,
  premisesModule,
  collectionModule,
  editModule,
  visitModule,
  patrolModule,
  fieldModule,
  sosModule,
  mapModule,
  organizationModule,
  staffModule,
  administrationModule,
  rosterModule,
  dutyModule,
  categoryModule,
  calendarModule,
  knowledgeModule,
  procedureModule,
  exchangeModule,
  webhookModule,
  departmentModule,
  open311Module,
];
