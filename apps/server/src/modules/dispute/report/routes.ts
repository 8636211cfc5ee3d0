import { AskedMonth } from '@tongxin/domain/dispute/schema.ts';
import { Bytes, type Route, route } from '../../../platform/access-plugin/route.ts';
import { bytesAnswer } from '../../../platform/http/answer.ts';
import { MEDIA } from '../../../platform/sheet/sheet.ts';
import { monthReport } from './service.ts';

export const reportRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/disputes/report/xlsx',
    access: { capability: 'mediation.count' },
    summary: 'The statutory report of a month as a workbook: exact sums of committees by kind, below the caller’s area',
    schema: { query: AskedMonth, response: Bytes },
    run: async ({ deps, who, query, language }) => {
      const { name, bytes } = await monthReport(deps, who, query.month, language);
      return bytesAnswer(bytes, MEDIA.xlsx, {
        'cache-control': 'private, no-store',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      });
    },
  }),
];
