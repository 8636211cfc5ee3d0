import { useQuery } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import type { DutyListView } from '@tongxin/domain/duty/schema.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { localDate } from '@tongxin/ui/time.ts';
import { Button, Checkbox, Input, Popconfirm } from 'antd';
import { useState } from 'react';
import { useDays } from '../../../lib/days.ts';
import { categoriesQuery, organizationsQuery } from '../../../lib/directory.ts';
import { CategorySelect } from '../../../lib/form/category-select.tsx';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Loaded } from '../../../lib/load-state.tsx';
import { useChange } from '../../../lib/register/change.ts';
import { DayField, LabelFields } from '../../../lib/register/fields.tsx';
import { RegisterDrawer } from '../../../lib/register/register-drawer.tsx';
import { administration } from '../../../lib/services.ts';
import { useRefresh } from '../queries.ts';
import { Changes } from './changes.tsx';
import { BodyPicker } from './post-picker.tsx';

type Item = DutyListView['items'][number];

/** A clause: new, or in the place of one that then ends. */
const ClauseForm = ({ listId, item, close }: { listId: string; item?: Item; close: () => void }) => {
  const { t } = useWords('administration');
  const refresh = useRefresh();
  const { busy, problem, change } = useChange();
  const [id] = useState(() => uuidv7());
  const [clause, setClause] = useState(item?.clause ?? '');
  const [title, setTitle] = useState<Label>(item?.title ?? { zh: '' });
  const [categoryId, setCategoryId] = useState(item?.categoryId);
  const [organizationId, setOrganizationId] = useState(item?.organizationId);
  const [from, setFrom] = useState(() => localDate(Date.now()));
  const missing = !clause.trim() ? t('admin.clause') : !title.zh.trim() ? t('admin.clauseTitle') : undefined;
  const run = async (): Promise<void> => {
    const form = { id, clause, title, from, ...(categoryId ? { categoryId } : {}), ...(organizationId ? { organizationId } : {}) };
    const done = await change((commandId) =>
      item
        ? administration.changeClause(listId, item.id, { commandId, ...form })
        : administration.addClause(listId, { commandId, ...form }),
    );
    if (!done) return;
    void refresh();
    close();
  };
  return (
    <RegisterDrawer
      title={item ? t('admin.changeOf', { name: item.clause }) : t('admin.newClause')}
      close={close}
      problem={problem}
      submit={{ label: t('admin.save'), busy, missing, run: () => void run() }}
    >
      <FormField id="clause" label={t('admin.clause')} hint={t('admin.clauseHint')}>
        {(tied) => <Input {...tied} maxLength={60} value={clause} onChange={(event) => setClause(event.target.value)} />}
      </FormField>
      <LabelFields id="clause-title" label={t('admin.clauseTitle')} value={title} onChange={setTitle} />
      <FormField id="clause-category" label={t('admin.category')} hint={t('admin.clauseCategoryHint')}>
        {(tied) => <CategorySelect id={tied.id} empty={t('form.pick')} value={categoryId} onChange={setCategoryId} />}
      </FormField>
      <BodyPicker
        id="clause-body"
        label={t('admin.body')}
        hint={t('admin.clauseBodyHint')}
        value={organizationId}
        onChange={setOrganizationId}
      />
      <DayField
        id="clause-from"
        label={t('admin.from')}
        hint={item ? t('admin.clauseFromHint') : undefined}
        value={from}
        onChange={setFrom}
      />
    </RegisterDrawer>
  );
};

/** One list: title and source, its clauses with their days, and what was changed. */
export const DutyList = ({ id, close }: { id: string; close: () => void }) => {
  const { t, l } = useWords('administration');
  const days = useDays();
  const refresh = useRefresh();
  const query = useQuery({ queryKey: keys.register('dutyList', id), queryFn: () => administration.dutyList(id) });
  const { data: categories = [] } = useQuery(categoriesQuery);
  const { data: bodies = [] } = useQuery(organizationsQuery);
  const { busy, problem, change } = useChange();
  const [past, setPast] = useState(false);
  const [open, setOpen] = useState<Item | 'new'>();
  const today = localDate(Date.now());
  const end = async (item: Item): Promise<void> => {
    if (await change((commandId) => administration.endClause(id, item.id, { commandId }))) void refresh();
  };
  const endAll = async (): Promise<void> => {
    if (!(await change((commandId) => administration.endList(id, { commandId })))) return;
    void refresh();
    close();
  };
  const categoryOf = (item: Item): string => {
    const found = categories.find((one) => one.id === item.categoryId);
    return found ? l(found.name) : '';
  };
  const bodyOf = (item: Item): string => {
    if (!item.organizationId) return '';
    const found = bodies.find((one) => one.id === item.organizationId);
    return found ? l(found.name) : t('admin.bodyGone');
  };
  return (
    <RegisterDrawer
      title={query.data ? l(query.data.title) : t('admin.dutyLists')}
      close={close}
      problem={problem}
      below={<Changes kind="dutyList" subjectId={id} />}
    >
      <Loaded query={query}>
        {(list) => (
          <>
            <p className="quiet">{list.source}</p>
            <div className="row">
              <Button type="primary" onClick={() => setOpen('new')}>
                {t('admin.newClause')}
              </Button>
              <Checkbox checked={past} onChange={(event) => setPast(event.target.checked)}>
                {t('admin.alsoPast')}
              </Checkbox>
            </div>
            <ul className="cards card">
              {list.items
                .filter((item) => past || item.to === undefined || item.to > today)
                .map((item) => (
                  <li key={item.id}>
                    <strong>{item.clause}</strong> {l(item.title)}
                    <div className="quiet">{[categoryOf(item), bodyOf(item), days(item)].filter((word) => word !== '').join(' · ')}</div>
                    {item.to === undefined ? (
                      <div className="row">
                        <Button size="small" aria-label={t('admin.changeOf', { name: item.clause })} onClick={() => setOpen(item)}>
                          {t('admin.change')}
                        </Button>
                        <Popconfirm
                          title={t('admin.endClauseSure')}
                          okText={t('admin.endClause')}
                          cancelText={t('form.cancel')}
                          onConfirm={() => void end(item)}
                        >
                          <Button size="small" danger loading={busy}>
                            {t('admin.endClause')}
                          </Button>
                        </Popconfirm>
                      </div>
                    ) : null}
                  </li>
                ))}
            </ul>
            {list.items.length === 0 ? <p className="quiet">{t('admin.noClauses')}</p> : null}
            <Popconfirm
              title={t('admin.endListSure')}
              okText={t('admin.endList')}
              cancelText={t('form.cancel')}
              onConfirm={() => void endAll()}
            >
              <Button danger>{t('admin.endList')}</Button>
            </Popconfirm>
            <hr />
          </>
        )}
      </Loaded>
      {open === 'new' ? <ClauseForm listId={id} close={() => setOpen(undefined)} /> : null}
      {open && open !== 'new' ? <ClauseForm listId={id} item={open} close={() => setOpen(undefined)} /> : null}
    </RegisterDrawer>
  );
};
