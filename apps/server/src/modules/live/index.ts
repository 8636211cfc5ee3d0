import { routes } from './routes.ts';

export const liveModule = { name: 'live', routes };
