import { useQuery } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { AreaView } from '@tongxin/domain/area/schema.ts';
import type { DutyListView } from '@tongxin/domain/duty/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { DUTY_LIST_KINDS } from '@tongxin/domain/pack/schema.ts';
import { Alert, Button, Input, Select } from 'antd';
import { useState } from 'react';
import { AreaCascader } from '../../../lib/form/area-cascader.tsx';
import { CategorySelect } from '../../../lib/form/category-select.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { useChange } from '../../../lib/register/change.ts';
import { LabelFields } from '../../../lib/register/fields.tsx';
import { RegisterDrawer } from '../../../lib/register/register-drawer.tsx';
import { RegisterHead } from '../../../lib/register/register-head.tsx';
import { RegisterTable } from '../../../lib/register/register-table.tsx';
import { administration } from '../../../lib/services.ts';
import { useRefresh } from '../queries.ts';
import { DutyList } from './duty-list.tsx';

const listsQuery = (areaId: string | undefined) => ({
  queryKey: keys.register('dutyLists', areaId),
  enabled: areaId !== undefined,
  queryFn: () => administration.dutyLists(areaId!),
});

const NewList = ({ area, close }: { area: AreaView; close: () => void }) => {
  const { t, l, of } = useWords('administration');
  const refresh = useRefresh();
  const { busy, problem, change } = useChange();
  const [id] = useState(() => uuidv7());
  const [kind, setKind] = useState('admission');
  const [title, setTitle] = useState<Label>({ zh: '' });
  const [source, setSource] = useState('');
  const missing = !title.zh.trim() ? t('admin.listTitle') : !source.trim() ? t('admin.source') : undefined;
  const run = async (): Promise<void> => {
    const done = await change((commandId) =>
      administration.makeList({ commandId, id, kind, title, areaId: area.id, source: source.trim() }),
    );
    if (!done) return;
    void refresh();
    close();
  };
  return (
    <RegisterDrawer
      title={t('admin.newList', { area: l(area.name) })}
      close={close}
      problem={problem}
      submit={{ label: t('admin.save'), busy, missing, run: () => void run() }}
    >
      <FormField id="list-kind" label={t('admin.listKind')}>
        {(tied) => (
          <Select
            {...tied}
            value={kind}
            onChange={(chosen: string) => setKind(chosen)}
            options={DUTY_LIST_KINDS.map((one) => ({ value: one, label: of('admin.list', one, one) }))}
          />
        )}
      </FormField>
      <LabelFields id="list-title" label={t('admin.listTitle')} value={title} onChange={setTitle} />
      <FormField id="list-source" label={t('admin.source')} hint={t('admin.sourceHint')}>
        {(tied) => <Input {...tied} maxLength={200} value={source} onChange={(event) => setSource(event.target.value)} />}
      </FormField>
    </RegisterDrawer>
  );
};

/** What the lists do to a category here: who is suggested at dispatch, and whether a community may be sent it. */
const Effect = ({ areaId }: { areaId: string }) => {
  const { t, l } = useWords('administration');
  const [categoryId, setCategoryId] = useState<string>();
  const query = useQuery({
    queryKey: keys.register('dutyEffect', [areaId, categoryId]),
    enabled: categoryId !== undefined,
    queryFn: () => administration.dutyEffect(areaId, categoryId!),
  });
  return (
    <section className="card" aria-labelledby="effect">
      <h2 id="effect">{t('admin.effect')}</h2>
      <FormField id="effect-category" label={t('admin.category')} hint={t('admin.effectHint')}>
        {(tied) => <CategorySelect id={tied.id} empty={t('form.pick')} value={categoryId} onChange={setCategoryId} />}
      </FormField>
      {categoryId ? (
        <Loaded query={query}>
          {(effect) => (
            <>
              <p>
                {effect.suggested.length
                  ? t('admin.suggested', {
                      bodies: effect.suggested.map((one) => `${l(one.label)}${one.clause ? `（${one.clause}）` : ''}`).join('；'),
                    })
                  : t('admin.suggestedNone')}
              </p>
              <Alert
                role="status"
                type={effect.admitted ? 'success' : 'warning'}
                showIcon
                title={
                  effect.admitted
                    ? t('admin.admitted', { clause: effect.clause ?? '' })
                    : effect.list === 'negative'
                      ? t('admin.forbidden', { clause: effect.clause ?? '' })
                      : t('admin.notAdmitted')
                }
              />
            </>
          )}
        </Loaded>
      ) : null}
    </section>
  );
};

/** Duty lists that hold in an area, and what they do. */
export const DutyLists = () => {
  const { t, l, of } = useWords('administration');
  const [area, setArea] = useState<AreaView>();
  const query = useQuery(listsQuery(area?.id));
  const [open, setOpen] = useState<DutyListView | 'new'>();
  return (
    <>
      <RegisterHead
        title={t('admin.dutyLists')}
        help={t('admin.dutyListsHelp')}
        files="dutyItems"
        {...(area ? { add: { label: t('admin.newListOpen'), run: () => setOpen('new') } } : {})}
      >
        <FormField id="duty-area" label={t('admin.area')}>
          {(tied) => <AreaCascader id={tied.id} empty={t('form.pick')} onChange={(path) => setArea(path.at(-1))} />}
        </FormField>
      </RegisterHead>
      {area ? (
        <>
          <Loaded query={query}>
            {(lists) => (
              <RegisterTable<DutyListView>
                label={t('admin.dutyLists')}
                rows={lists}
                idOf={(row) => row.id}
                empty={t('admin.noLists')}
                columns={[
                  { id: 'title', title: t('admin.listTitle'), show: (row) => l(row.title) },
                  { id: 'kind', title: t('admin.listKind'), show: (row) => of('admin.list', row.kind, '') },
                  { id: 'source', title: t('admin.source'), show: (row) => row.source },
                  { id: 'n', title: t('admin.clauses'), show: (row) => row.items.length },
                  {
                    id: 'here',
                    title: t('admin.ofArea'),
                    show: (row) => t(row.areaId === area.id ? 'admin.ofThisArea' : 'admin.ofAreaAbove'),
                  },
                ]}
                actions={(row) => (
                  <Button size="small" aria-label={t('admin.openOf', { name: l(row.title) })} onClick={() => setOpen(row)}>
                    {t('admin.open')}
                  </Button>
                )}
              />
            )}
          </Loaded>
          <Effect areaId={area.id} />
        </>
      ) : (
        <p className="card">{t('admin.pickArea')}</p>
      )}
      {open === 'new' && area ? <NewList area={area} close={() => setOpen(undefined)} /> : null}
      {open && open !== 'new' ? <DutyList id={open.id} close={() => setOpen(undefined)} /> : null}
    </>
  );
};
