import { useQuery } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import type { AreaView } from '@tongxin/domain/area/schema.ts';
import { useState } from 'react';
import { AreaCascader } from '../../../lib/form/area-cascader.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { RegisterHead } from '../../../lib/register/register-head.tsx';
import { administration } from '../../../lib/services.ts';

const responsibilitiesQuery = (areaId: string | undefined) => ({
  queryKey: keys.register('responsibilities', areaId),
  enabled: areaId !== undefined,
  queryFn: async () => {
    const [{ organizations }, posts, lists] = await Promise.all([
      administration.organizations({ areaId: areaId! }),
      administration.posts({ areaId: areaId! }),
      administration.dutyLists(areaId!),
    ]);
    return { organizations, posts, items: lists.flatMap((list) => list.items) };
  },
});

/** Who answers for what in an area: bodies, their responsible persons' posts by rank, and the clauses that name them. */
export const Responsibilities = () => {
  const { t, l, of } = useWords('administration');
  const [area, setArea] = useState<AreaView>();
  const query = useQuery(responsibilitiesQuery(area?.id));
  return (
    <>
      <RegisterHead title={t('admin.responsibilities')} help={t('admin.responsibilitiesHelp')} files="posts">
        <FormField id="map-area" label={t('admin.area')}>
          {(tied) => <AreaCascader id={tied.id} empty={t('form.pick')} onChange={(path) => setArea(path.at(-1))} />}
        </FormField>
      </RegisterHead>
      {area ? (
        <Loaded query={query}>
          {({ organizations, posts, items }) =>
            organizations.length === 0 ? (
              <p className="card">{t('admin.noBodies')}</p>
            ) : (
              <ul className="cards card">
                {organizations.map((body) => {
                  const own = posts.filter((post) => post.organizationId === body.id);
                  const clauses = items.filter((item) => item.organizationId === body.id);
                  return (
                    <li key={body.id}>
                      <h2>
                        {l(body.name)} <span className="quiet">{of('admin.kind', body.kind, '')}</span>
                      </h2>
                      {([1, 2, 3] as const).map((rank) => {
                        const ranked = own.filter((post) => post.responsibility === rank);
                        return ranked.length > 0 ? (
                          <div key={rank}>
                            <span className="quiet">{t(`admin.rank${rank}`)}</span>{' '}
                            {ranked.map((post) => t('admin.postHolders', { post: l(post.title), n: post.holders })).join('；')}
                          </div>
                        ) : null;
                      })}
                      <div className="quiet">
                        {own
                          .filter((post) => !post.responsibility)
                          .map((post) => t('admin.postHolders', { post: l(post.title), n: post.holders }))
                          .join('；') || t('admin.noPosts')}
                      </div>
                      {clauses.length > 0 ? <div>{clauses.map((item) => `${item.clause} ${l(item.title)}`).join('；')}</div> : null}
                    </li>
                  );
                })}
              </ul>
            )
          }
        </Loaded>
      ) : (
        <p className="card">{t('admin.pickArea')}</p>
      )}
    </>
  );
};
