import { dossierRoutes } from './dossier/routes.ts';
import { routes } from './routes.ts';

export { isFileComplete } from './dossier/service.ts';
export { issuedPapers, issueOwnPaper } from './service.ts';

export const documentModule = { name: 'document', routes: [...routes, ...dossierRoutes] };
