import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import type { Me } from '@tongxin/client/shapes.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

/** A device that keeps words between pages. */
const device = (): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> => {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, words) => kept.set(key, words), removeItem: (key) => kept.delete(key) };
};
type Posts = typeof import('./post.ts');
let posts: Posts;
let client: QueryClient;
beforeEach(async () => {
  vi.stubGlobal('localStorage', device());
  vi.resetModules();
  posts = await import('./post.ts');
  client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } } });
});
afterEach(() => {
  client.clear();
  vi.unstubAllGlobals();
});

const me = (...postIds: string[]): Me => ({ personId: 'somebody', posts: postIds.map((postId) => ({ postId })) }) as unknown as Me;

test('a post that is another’s or is over is forgotten, and of one that was never theirs nothing is said', () => {
  posts.choosePost('another', 'centre');
  expect([posts.chosenFirst(me('office', 'centre')).posts[0]!.postId, posts.chosenPost()]).toEqual(['office', undefined]);
  posts.choosePost('somebody', 'gone');
  posts.chosenFirst(me('office'));
  expect(posts.chosenPost()).toBeUndefined();
  posts.choosePost('somebody', 'gone');
  posts.postRefused(client);
  expect(posts.chosenPost()).toBeUndefined();
});

test('what the post before asked for and is still on its way is not shown', async () => {
  const answers: ((figures: string) => void)[] = [];
  const query = { queryKey: keys.standing, queryFn: () => new Promise<string>((answer) => answers.push(answer)) };
  new QueryObserver(client, query).subscribe(() => undefined);
  posts.readAnew(client, 'office');
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[0]!('of the post before');
  answers[1]!('of the office');
  await vi.waitFor(() => expect(client.getQueryData(keys.standing)).toBe('of the office'));
});

test('after another post is chosen, what is on screen and names none is read anew, the rest is let go; who they are and what names it stay', async () => {
  const read = { figures: 0, list: 0, me: 0, closed: 0 };
  const shown = (queryKey: readonly unknown[], name: keyof typeof read): (() => void) =>
    new QueryObserver(client, { queryKey, queryFn: () => ++read[name] }).subscribe(() => undefined);
  shown(keys.counts({ by: 'stage' }), 'figures');
  shown(keys.inbox({ view: 'mine', postId: 'office' }), 'list');
  shown(keys.me, 'me');
  shown(keys.displays, 'closed')();
  await vi.waitFor(() => expect(client.isFetching()).toBe(0));
  expect(read).toEqual({ figures: 1, list: 1, me: 1, closed: 1 });
  client.setQueryData(keys.wall(), { area: 'of the post before' });
  posts.readAnew(client, 'office');
  await vi.waitFor(() => expect(read).toEqual({ figures: 2, list: 1, me: 1, closed: 1 }));
  expect([client.getQueryData(keys.wall()), client.getQueryData(keys.displays)]).toEqual([undefined, undefined]);
});
