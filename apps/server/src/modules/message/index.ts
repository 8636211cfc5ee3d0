import type { Manifest } from '../../platform/access-plugin/manifest.ts';
import { messageConsumer, periodConsumer } from './consumers.ts';
import { routes } from './routes.ts';

export { putNoticeMessages } from './address/repo.ts';
export { ownAddresses } from './address/service.ts';
export { type Invited, tellAppointments } from './appointment/service.ts';
export { messagesBackground } from './jobs.ts';
export { sendWaiting } from './send/service.ts';
export { sendWish } from './wish/repo.ts';

export const messageModule: Manifest = { name: 'message', routes, consumers: [messageConsumer, periodConsumer] };
