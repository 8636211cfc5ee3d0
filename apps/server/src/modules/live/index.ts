import { routes } from './routes.ts';

export { liveStream } from './service.ts';
export const liveModule = { name: 'live', routes };
