import { useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import type { Me } from '@tongxin/client/shapes.ts';
import { useWords } from '../lib/i18n/i18n.tsx';
import { choosePost, chosenFirst } from '../lib/post.ts';

/** The post its reader looks from; whoever holds several chooses it, and lists, counts and the map follow. */
export const PostSwitch = ({ me }: { me: Me }) => {
  const { t, l } = useWords();
  const client = useQueryClient();
  const [first] = me.posts;
  if (!first) return null;
  const nameOf = (post: Me['posts'][number]): string => `${l(post.organization)} · ${l(post.title)}`;
  if (me.posts.length === 1) return <span className="post">{nameOf(first)}</span>;
  const names = me.posts.map(nameOf);
  // Two posts of one name in one body differ by their place.
  const named = me.posts
    .map((post, i) => ({
      id: post.postId,
      name: names.indexOf(names[i]!) === names.lastIndexOf(names[i]!) ? names[i]! : `${names[i]} · ${l(post.area)}`,
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const choose = (postId: string): void => {
    choosePost(me.personId, postId);
    client.setQueryData(keys.me, chosenFirst(me));
  };
  return (
    <select className="post-switch" aria-label={t('app.post')} value={first.postId} onChange={({ target }) => choose(target.value)}>
      {named.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
};
