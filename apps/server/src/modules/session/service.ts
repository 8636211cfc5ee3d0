import type { Actor } from '@tongxin/domain/case/schema.ts';
import type { Language } from '@tongxin/domain/label/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { notFound } from '../../platform/errors/problem.ts';
import { type Who, withScope, withTransaction } from '../../platform/tx/tx.ts';
import { type DemoAccount, isPasswordOnce, listDemoAccounts, type PostRow, readPosts, setLanguage } from './repo.ts';

export interface Me {
  readonly actor: Actor;
  readonly kind: 'staff' | 'resident' | 'service';
  readonly language: Language;
  readonly passwordOnce: boolean;
  readonly posts: readonly PostRow[];
}

/** Who is signed in, with the words of the posts they hold today. */
export const me = (deps: Deps, who: Who): Promise<Me> =>
  withScope(deps.pools.app, who, async ({ tx, actor, language, personKind }) => ({
    actor,
    kind: personKind,
    language,
    passwordOnce: await isPasswordOnce(tx),
    posts: actor.posts.length
      ? await readPosts(
          tx,
          actor.posts.map((post) => post.postId),
        )
      : [],
  }));

export const chooseLanguage = (deps: Deps, who: Who, language: Language): Promise<void> =>
  withScope(deps.pools.app, who, ({ tx }) => setLanguage(tx, language));

/** The demo's accounts for its sign-in page; 404 outside demo mode. */
export const demoAccounts = async (deps: Deps): Promise<DemoAccount[]> => {
  if (deps.config.mode !== 'demo') throw notFound();
  return withTransaction(deps.pools.app, listDemoAccounts);
};
