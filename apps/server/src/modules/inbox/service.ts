import { questionOf } from '@tongxin/domain/inbox/rules.ts';
import { type Count, type Filter, type NewView, type SavedView, VIEWS } from '@tongxin/domain/inbox/schema.ts';
import { postOf } from '../../platform/access-plugin/demand.ts';
import type { Deps } from '../../platform/deps.ts';
import { conflict, invalid, notFound } from '../../platform/errors/problem.ts';
import { type Who, withScope } from '../../platform/tx/tx.ts';
import { countInScope } from '../case/index.ts';
import { findByWords } from '../search/index.ts';
import { countOthers, findViews, removeView, saveView } from './repo.ts';

const MOST_VIEWS = 50;

export const listViews = (deps: Deps, who: Who): Promise<SavedView[]> => withScope(deps.pools.app, who, ({ tx }) => findViews(tx));

/** Saves a view under an id the client made; the same id again changes it. */
export const keepView = (deps: Deps, who: Who, id: string, view: NewView): Promise<SavedView> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const name = view.name.trim();
    if (!name) throw invalid('viewNameMissing');
    if ((await countOthers(tx, actor.personId!, id)) >= MOST_VIEWS) throw conflict('tooManyViews', { most: MOST_VIEWS });
    await saveView(tx, actor.personId!, id, { ...view, name }, deps.clock.now().toISOString());
    return { ...view, id, name };
  });

export const dropView = (deps: Deps, who: Who, id: string): Promise<void> =>
  withScope(deps.pools.app, who, async ({ tx }) => {
    if (!(await removeView(tx, id))) throw notFound();
  });

/** How many cases each view holds as one of the caller's posts sees it, the caller's own views among them by their ids. */
export const countViews = (deps: Deps, who: Who, postId?: string): Promise<{ view: string; count?: Count }[]> =>
  withScope(deps.pools.app, who, async (scope) => {
    const from = postId ? { postId: postOf(scope.actor, postId)!.postId } : {};
    const lists: [string, Filter][] = [
      ...VIEWS.map((view): [string, Filter] => [view, { view }]),
      ...(await findViews(scope.tx)).map(({ id, filter }): [string, Filter] => [id, filter]),
    ];
    const counts = await countInScope(
      deps,
      scope,
      lists.map(([, filter]) => ({ ...questionOf(filter), ...from })),
      findByWords,
    );
    return lists.map(([view], i) => ({ view, ...(counts[i] ? { count: counts[i] } : {}) }));
  });
