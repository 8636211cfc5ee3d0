import { Bytes, route } from '../../platform/access-plugin/route.ts';
import { invalid } from '../../platform/errors/problem.ts';
import { bytesAnswer } from '../../platform/http/answer.ts';
import { liveStream } from './service.ts';

const positionOf = (header: string | undefined): number | undefined => {
  if (header === undefined || header === '') return undefined;
  if (!/^\d{1,15}$/.test(header)) throw invalid('badCursor');
  return Number(header);
};

export const routes = [
  route({
    method: 'GET',
    path: '/live',
    access: { signedIn: true },
    summary: 'Server-sent events: cases of the caller’s scope that changed',
    schema: { response: Bytes },
    run: ({ deps, who, header, gone }) =>
      bytesAnswer(liveStream(deps, who, positionOf(header('last-event-id')), gone), 'text/event-stream; charset=utf-8', {
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      }),
  }),
] as const;
