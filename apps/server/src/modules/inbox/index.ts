import { routes } from './routes.ts';

export const inboxModule = { name: 'inbox', routes };
