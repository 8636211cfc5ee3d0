import { NewPreview, Preview } from '@tongxin/domain/bulk/schema.ts';
import { route } from '../../../platform/access-plugin/route.ts';
import { previewBulk } from './service.ts';

export const previewRoutes = [
  route({
    method: 'POST',
    path: '/cases/preview',
    access: { capability: 'case.read' },
    summary: 'What an action would do to several cases, who cannot take it and why; writes nothing',
    schema: { body: NewPreview, response: Preview },
    run: ({ deps, who, body, language }) => previewBulk(deps, who, body, language),
  }),
] as const;
