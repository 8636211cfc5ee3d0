import { routes } from './routes.ts';

export const documentModule = { name: 'document', routes };
