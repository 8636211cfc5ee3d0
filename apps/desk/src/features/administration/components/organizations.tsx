import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { AreaView } from '@tongxin/domain/area/schema.ts';
import type { OrganizationView } from '@tongxin/domain/organization/schema.ts';
import { formatEntered } from '@tongxin/ui/time.ts';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { organizationsQuery } from '../../../lib/directory.ts';
import { AreaCascader } from '../../../lib/form/area-cascader.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { RegisterHead } from '../../../lib/register/register-head.tsx';
import { RegisterTable } from '../../../lib/register/register-table.tsx';
import { organizationQuery, organizationsPageQuery } from '../queries.ts';
import { AreaName, useAreaName } from './area-name.tsx';
import { BodyForm } from './body-form.tsx';
import { BodyPosts } from './body-posts.tsx';
import { Changes } from './changes.tsx';
import { CloseBody } from './close-body.tsx';

const Body = ({ id, close, closeBody }: { id: string; close: () => void; closeBody: () => void }) => {
  const { t } = useWords('administration');
  const query = useQuery(organizationQuery(id));
  const areaName = useAreaName(query.data?.areaId);
  return (
    <Loaded query={query}>
      {(body) => (
        <BodyForm
          key={body.version}
          body={body}
          areaName={areaName}
          close={close}
          below={
            <>
              <BodyPosts body={body} />
              <h2>{t('admin.closeBody')}</h2>
              <Button danger onClick={closeBody}>
                {t('admin.closeBodyOpen')}
              </Button>
              <Changes kind="organization" subjectId={id} />
            </>
          }
        />
      )}
    </Loaded>
  );
};

/** Bodies of an area: made, changed, closed. */
export const Organizations = () => {
  const { t, l, of, language } = useWords('administration');
  const [area, setArea] = useState<AreaView>();
  const [closed, setClosed] = useState(false);
  const query = useInfiniteQuery(
    organizationsPageQuery({ ...(area ? { areaId: area.id, deep: true } : {}), ...(closed ? { closed } : {}) }),
  );
  const { data: all = [] } = useQuery(organizationsQuery);
  const rows = (query.data?.pages.flatMap((page) => page.organizations) ?? []).filter((row) => row.kind !== 'service');
  const [open, setOpen] = useState<{ kind: 'new' } | { kind: 'body' | 'close'; row: OrganizationView }>();
  const close = (): void => setOpen(undefined);
  const nameOf = (id: string | undefined): string => {
    const found = all.find((one) => one.id === id);
    return found ? l(found.name) : '—';
  };
  return (
    <>
      <RegisterHead
        title={t('admin.organizations')}
        help={t('admin.organizationsHelp')}
        files="organizations"
        add={{ label: t('admin.newBody'), run: () => setOpen({ kind: 'new' }) }}
      >
        <FormField id="bodies-area" label={t('admin.area')}>
          {(tied) => <AreaCascader id={tied.id} empty={t('admin.allAreas')} onChange={(path) => setArea(path.at(-1))} />}
        </FormField>
        <Checkbox checked={closed} onChange={(event) => setClosed(event.target.checked)}>
          {t('admin.alsoClosed')}
        </Checkbox>
      </RegisterHead>
      <Loaded query={query}>
        {() => (
          <RegisterTable<OrganizationView>
            label={t('admin.organizations')}
            rows={rows}
            idOf={(row) => row.id}
            empty={t('admin.noBodies')}
            columns={[
              { id: 'name', title: t('admin.bodyName'), show: (row) => l(row.name) },
              { id: 'kind', title: t('admin.bodyKind'), show: (row) => of('admin.kind', row.kind, '') },
              { id: 'area', title: t('admin.area'), show: (row) => <AreaName id={row.areaId} /> },
              { id: 'parent', title: t('admin.parent'), show: (row) => (row.parentId ? nameOf(row.parentId) : '—') },
              { id: 'mark', title: t('admin.mark'), show: (row) => row.mark ?? '—' },
              ...(closed
                ? [
                    {
                      id: 'closed',
                      title: t('admin.closedOn'),
                      show: (row: OrganizationView) =>
                        row.closedOn ? `${formatEntered(row.closedOn, language)}${row.heirId ? ` → ${nameOf(row.heirId)}` : ''}` : '—',
                    },
                  ]
                : []),
            ]}
            actions={(row) =>
              row.closedOn ? null : (
                <Button size="small" aria-label={t('admin.openOf', { name: l(row.name) })} onClick={() => setOpen({ kind: 'body', row })}>
                  {t('admin.open')}
                </Button>
              )
            }
            {...(query.hasNextPage ? { more: { busy: query.isFetchingNextPage, fetch: () => void query.fetchNextPage() } } : {})}
          />
        )}
      </Loaded>
      {open?.kind === 'new' ? <BodyForm close={close} /> : null}
      {open?.kind === 'body' ? <Body id={open.row.id} close={close} closeBody={() => setOpen({ kind: 'close', row: open.row })} /> : null}
      {open?.kind === 'close' ? <CloseBody body={open.row} close={close} /> : null}
    </>
  );
};
