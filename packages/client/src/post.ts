import type { Call, Http, Method } from './http.ts';
import { ApiProblem } from './problem.ts';

/** Names the post that somebody with several chose to work by, in every request to the API. */
const POST_HEADER = 'tongxin-post';

export interface Choosing {
  /** The post chosen just now; undefined: the server takes the first that may. */
  readonly chosen: () => string | undefined;
  /** The server said that a post is the caller's no more (`postNotYours`). */
  readonly refused: (postId: string | undefined) => void;
}

/** The post a call names itself, in its question, its body or the list it is about. */
const postNamed = ({ query, json }: Call): string | undefined => {
  const body = json as { postId?: string; filter?: { postId?: string } } | undefined;
  return (query?.postId as string | undefined) ?? body?.postId ?? body?.filter?.postId;
};

/**
 * Calls by the post that is chosen. One that is the caller's no more is heard of wherever it is said; what was only read is then read by whichever
 * is chosen after it, and a write is refused: it would be recorded under another.
 */
export const byChosenPost =
  (http: Http, { chosen, refused }: Choosing): Http =>
  async <T>(method: Method, path: string, call: Call = {}): Promise<T> => {
    const by = (postId: string | undefined): Promise<T> =>
      http<T>(method, path, postId === undefined ? call : { ...call, headers: { ...call.headers, [POST_HEADER]: postId } });
    const post = chosen();
    try {
      return await by(post);
    } catch (problem) {
      if (!(problem instanceof ApiProblem && problem.code === 'postNotYours')) throw problem;
      const named = postNamed(call);
      refused(named ?? post);
      const next = chosen();
      if (method !== 'GET' || named !== undefined || next === post) throw problem;
      return by(next);
    }
  };
