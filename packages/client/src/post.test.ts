import { expect, test } from 'vitest';
import { type Call, type Http, makeHttp } from './http.ts';
import { byChosenPost } from './post.ts';
import { ApiProblem } from './problem.ts';

/** An API that knows the posts its caller holds: what it was asked, each with the post named in the header. */
const api = (chosen: string | undefined, ...held: string[]) => {
  let now = chosen;
  const asked: [string, string | null][] = [];
  const heard: (string | undefined)[] = [];
  const answer = (url: string, init: RequestInit): Response => {
    const post = new Headers(init.headers).get('tongxin-post');
    asked.push([`${init.method} ${url}`, post]);
    const named = /postId=(\w+)/u.exec(`${url} ${String(init.body ?? '').replaceAll(/"|:/gu, (sign) => (sign === ':' ? '=' : ''))}`)?.[1];
    const isRefused = [post, named].some((one) => one && !held.includes(one));
    return isRefused ? Response.json({ code: 'postNotYours' }, { status: 403 }) : Response.json({ by: post });
  };
  const over = makeHttp({ base: '', language: () => 'zh', fetch: async (url, init) => answer(String(url), init!) });
  const http = byChosenPost(over, {
    chosen: () => now,
    refused: (post) => {
      heard.push(post);
      if (post === now) now = undefined;
    },
  });
  return { http, asked, heard };
};
const refusal = async (http: Http, ...call: [method: 'GET' | 'POST', path: string, call?: Call]): Promise<unknown> =>
  http(...call).catch((problem: unknown) => (problem instanceof ApiProblem ? problem.code : problem));

test('a write by a post that is over is refused and not sent again: it would be recorded under another', async () => {
  const { http, asked, heard } = api('centre', 'other');
  expect(await refusal(http, 'POST', '/notes', { json: { words: '' }, idempotent: true })).toBe('postNotYours');
  expect([asked, heard]).toEqual([[['POST /notes', 'centre']], ['centre']]);
  expect(await http('POST', '/notes', { json: {} })).toEqual({ by: null });
});

test('a question, a body or a list that names a post which is over is refused and not asked again', async () => {
  for (const call of [{ query: { postId: 'gone' } }, { json: { postId: 'gone' } }, { json: { filter: { postId: 'gone' } } }]) {
    const { http, asked, heard } = api('centre', 'centre');
    expect(await refusal(http, 'json' in call ? 'POST' : 'GET', '/cases', call)).toBe('postNotYours');
    expect([asked.length, heard]).toEqual([1, ['gone']]);
  }
});

test('what was read by a post that is over is read again without it', async () => {
  const { http, asked, heard } = api('centre', 'other');
  expect(await http('GET', '/me')).toEqual({ by: null });
  expect(asked).toEqual([
    ['GET /me', 'centre'],
    ['GET /me', null],
  ]);
  expect(heard).toEqual(['centre']);
});

test('other refusals pass as they are', async () => {
  const heard: unknown[] = [];
  const over: Http = async () => {
    throw new ApiProblem(403, 'missingCapability');
  };
  const http = byChosenPost(over, { chosen: () => 'centre', refused: (post) => heard.push(post) });
  expect([await refusal(http, 'GET', '/x'), heard]).toEqual(['missingCapability', []]);
});

test('every call names the post chosen just then, beside headers of its own; none where none is chosen', async () => {
  const { http, asked } = api('centre', 'centre');
  expect(await http('GET', '/a', { headers: { prefer: 'return=minimal' } })).toEqual({ by: 'centre' });
  expect(await http('POST', '/b', { json: {} })).toEqual({ by: 'centre' });
  expect(asked.map(([, post]) => post)).toEqual(['centre', 'centre']);
  expect(await api(undefined).http('GET', '/a')).toEqual({ by: null });
});
