import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { noticeConsumer } from './consumers.ts';
import { routes } from './routes.ts';

export { tellWaiting } from './delivery/service.ts';
export { noticeBackground } from './jobs.ts';

export const noticeModule: Manifest = { name: 'notice', routes, consumers: [noticeConsumer] };
export { type NewNotice, putNotices } from './audience/repo.ts';
