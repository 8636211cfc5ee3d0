import { caseModule } from './modules/case/index.ts';
import { fileModule } from './modules/file/index.ts';
import { intakeModule } from './modules/intake/index.ts';
import { noticeModule } from './modules/notice/index.ts';
import { personModule } from './modules/person/index.ts';
import { recordModule } from './modules/record/index.ts';
import { sessionModule } from './modules/session/index.ts';
import type { Manifest } from './platform/access-plugin/manifest.ts';

/** Every module of this installation, in the order in which their routes are listed. */
export const manifests: readonly Manifest[] = [
  intakeModule,
  caseModule,
  fileModule,
  recordModule,
  sessionModule,
  personModule,
  noticeModule,
];
