import { useQuery } from '@tanstack/react-query';
import type { CategoryForm as Form } from '@tongxin/client/administration.ts';
import { keys } from '@tongxin/client/keys.ts';
import type { CategoryView, Question } from '@tongxin/domain/category/schema.ts';
import { Button, Input, InputNumber, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import { useDays } from '../../../lib/days.ts';
import { categoriesQuery, organizationsQuery } from '../../../lib/directory.ts';
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
import { Wrong } from '../../../lib/wrong.tsx';
import { useRefresh } from '../queries.ts';
import { Changes } from './changes.tsx';
import { BodyPicker } from './post-picker.tsx';
import { QuestionFields, questionsStand, writtenQuestions } from './question-fields.tsx';

const GRADES = ['A', 'B', 'C', 'D', 'E', 'Q'] as const;
const UNITS = ['hour', 'workingHour', 'workingDay', 'day', 'month'] as const;

interface CategoryFormProps {
  readonly category?: CategoryView;
  /** The version the change is made from: how often it was changed. */
  readonly version?: number;
  readonly groups: readonly CategoryView[];
  readonly close: () => void;
}

/** A new category, or a new version of one. */
const CategoryForm = ({ category, version, groups, close }: CategoryFormProps) => {
  const { t, l } = useWords('administration');
  const refresh = useRefresh();
  const { busy, problem, change } = useChange();
  // Codes are for machines: a category made here gets one nobody has to think of.
  const [own] = useState(() => `c${Math.floor(Math.random() * 0xffffffff).toString(36)}`);
  const [form, setForm] = useState<Form>(() =>
    category
      ? {
          name: category.name,
          danger: category.danger,
          ...(category.parentId ? { parentId: category.parentId } : {}),
          ...(category.grade ? { grade: category.grade } : {}),
          ...(category.limit ? { limit: category.limit } : {}),
          ...(category.organizationId ? { organizationId: category.organizationId } : {}),
        }
      : { name: { zh: '' }, danger: [] },
  );
  const [amount, setAmount] = useState(form.limit?.amount);
  const [unit, setUnit] = useState(form.limit?.unit ?? 'workingDay');
  const [danger, setDanger] = useState(form.danger.join(' '));
  const [questions, setQuestions] = useState<readonly Question[]>(category?.questions ?? []);
  const put = (part: Partial<Form>): void => setForm((now) => ({ ...now, ...part }));
  const run = async (): Promise<void> => {
    const { limit: _limit, parentId, grade, organizationId, ...rest } = form;
    const written: Form = {
      ...rest,
      danger: danger.split(/[\s,，、]+/u).filter((number) => number !== ''),
      ...(parentId ? { parentId } : {}),
      ...(grade ? { grade } : {}),
      ...(organizationId ? { organizationId } : {}),
      ...(amount ? { limit: { amount, unit } } : {}),
      questions: writtenQuestions(questions),
    };
    const id = category?.id ?? (parentId ? `${parentId}.${own}` : own);
    const done = await change((commandId) =>
      category
        ? administration.changeCategory(id, { commandId, version: version!, ...written })
        : administration.makeCategory({ commandId, id, ...written }),
    );
    if (!done) return;
    void refresh();
    close();
  };
  const missing = form.name.zh.trim() ? !questionsStand(questions) && t('admin.questions') : t('admin.categoryName');
  return (
    <RegisterDrawer
      title={category ? l(category.name) : t('admin.newCategory')}
      close={close}
      problem={problem}
      submit={{ label: t('admin.save'), busy, missing: missing, run: () => void run() }}
      {...(category ? { below: <Below category={category} close={close} /> } : {})}
    >
      {category ? <p className="quiet">{t('admin.newVersionHint', { version: category.version })}</p> : null}
      <LabelFields id="category-name" label={t('admin.categoryName')} value={form.name} onChange={(name) => put({ name })} />
      <FormField id="category-parent" label={t('admin.group')} hint={t('admin.groupHint')}>
        {(tied) => (
          <Select
            {...tied}
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('admin.noGroup')}
            value={form.parentId}
            onChange={(parentId?: string) => put({ parentId })}
            options={groups.filter((one) => one.id !== category?.id).map((one) => ({ value: one.id, label: l(one.name) }))}
          />
        )}
      </FormField>
      <FormField id="category-grade" label={t('admin.grade')}>
        {(tied) => (
          <Select
            {...tied}
            allowClear
            placeholder={t('admin.noGrade')}
            value={form.grade}
            onChange={(grade?: Form['grade']) => put({ grade })}
            options={GRADES.map((grade) => ({ value: grade, label: t('admin.gradeOf', { grade }) }))}
          />
        )}
      </FormField>
      <FormField id="category-limit" label={t('admin.limit')} hint={t('admin.limitHint')}>
        {(tied) => (
          <div className="row">
            <InputNumber {...tied} precision={0} min={1} max={9999} value={amount} onChange={(value) => setAmount(value ?? undefined)} />
            <Select
              aria-label={`${t('admin.limit')} ${t('form.unit')}`}
              style={{ width: 130 }}
              value={unit}
              onChange={setUnit}
              options={UNITS.map((one) => ({ value: one, label: t(`unit.${one}`) }))}
            />
          </div>
        )}
      </FormField>
      <FormField id="category-danger" label={t('admin.danger')} hint={t('admin.dangerHint')}>
        {(tied) => <Input {...tied} maxLength={60} value={danger} onChange={(event) => setDanger(event.target.value)} />}
      </FormField>
      <BodyPicker
        id="category-body"
        label={t('admin.defaultBody')}
        hint={t('admin.defaultBodyHint')}
        value={form.organizationId}
        onChange={(organizationId) => put({ organizationId })}
      />
      <QuestionFields questions={questions} onChange={setQuestions} />
    </RegisterDrawer>
  );
};

/** Retiring, earlier versions and the log of a category. */
const Below = ({ category, close }: { category: CategoryView; close: () => void }) => {
  const { t, l, limit } = useWords('administration');
  const days = useDays();
  const refresh = useRefresh();
  const { busy, problem, change } = useChange();
  const [successorId, setSuccessorId] = useState<string>();
  const query = useQuery({
    queryKey: keys.register('categoryVersions', category.id),
    queryFn: () => administration.categoryVersions(category.id),
  });
  const retire = async (): Promise<void> => {
    const done = await change((commandId) =>
      administration.retireCategory(category.id, { commandId, ...(successorId ? { successorId } : {}) }),
    );
    if (!done) return;
    void refresh();
    close();
  };
  return (
    <>
      <h2>{t('admin.retire')}</h2>
      <FormField id="successor" label={t('admin.successor')} hint={t('admin.successorHint')}>
        {(tied) => <CategorySelect id={tied.id} empty={t('admin.noSuccessor')} value={successorId} onChange={setSuccessorId} />}
      </FormField>
      <Wrong problem={problem} />
      <Popconfirm title={t('admin.retireSure')} okText={t('admin.retire')} cancelText={t('form.cancel')} onConfirm={() => void retire()}>
        <Button danger loading={busy}>
          {t('admin.retire')}
        </Button>
      </Popconfirm>
      <h2>{t('admin.versions')}</h2>
      <Loaded query={query}>
        {({ versions }) => (
          <ul>
            {versions.map((one) => (
              <li key={one.version}>
                {t('admin.versionOf', { version: one.version })} {l(one.name)} {one.limit ? limit(one.limit) : ''}{' '}
                <span className="quiet">{days(one)}</span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <Changes kind="category" subjectId={category.id} />
    </>
  );
};

const ChangeCategory = ({ category, groups, close }: { category: CategoryView; groups: readonly CategoryView[]; close: () => void }) => {
  const query = useQuery({
    queryKey: keys.register('categoryVersions', category.id),
    queryFn: () => administration.categoryVersions(category.id),
  });
  return (
    <Loaded query={query}>{({ version }) => <CategoryForm category={category} version={version} groups={groups} close={close} />}</Loaded>
  );
};

/** What cases are about: groups and what stands below them. */
export const Categories = () => {
  const { t, l, limit, list } = useWords('administration');
  const query = useQuery(categoriesQuery);
  const { data: bodies = [] } = useQuery(organizationsQuery);
  const [open, setOpen] = useState<CategoryView | 'new'>();
  const [group, setGroup] = useState<string>();
  const all = query.data ?? [];
  const groups = all.filter((one) => !one.parentId);
  const rows = groups
    .filter((one) => group === undefined || one.id === group)
    .flatMap((one) => [one, ...all.filter((below) => below.parentId === one.id)]);
  const bodyOf = (id: string | undefined): string => {
    const found = bodies.find((one) => one.id === id);
    return found ? l(found.name) : '—';
  };
  return (
    <>
      <RegisterHead
        title={t('admin.categories')}
        help={t('admin.categoriesHelp')}
        files="categories"
        add={{ label: t('admin.newCategory'), run: () => setOpen('new') }}
      >
        <FormField id="categories-group" label={t('admin.group')}>
          {(tied) => (
            <Select
              {...tied}
              allowClear
              placeholder={t('admin.allGroups')}
              value={group}
              onChange={(id?: string) => setGroup(id)}
              options={groups.map((one) => ({ value: one.id, label: l(one.name) }))}
            />
          )}
        </FormField>
      </RegisterHead>
      <Loaded query={query}>
        {() => (
          <RegisterTable<CategoryView>
            label={t('admin.categories')}
            rows={rows}
            idOf={(row) => row.id}
            empty={t('admin.noCategories')}
            columns={[
              {
                id: 'name',
                title: t('admin.categoryName'),
                show: (row) => (row.parentId ? `　${l(row.name)}` : <strong>{l(row.name)}</strong>),
              },
              { id: 'grade', title: t('admin.grade'), show: (row) => row.grade ?? '—' },
              {
                id: 'limit',
                title: t('admin.limit'),
                show: (row) => (row.limit ? limit(row.limit) : '—'),
              },
              { id: 'danger', title: t('admin.danger'), show: (row) => list(row.danger) || '—' },
              { id: 'body', title: t('admin.defaultBody'), show: (row) => bodyOf(row.organizationId) },
              { id: 'version', title: t('admin.version'), show: (row) => row.version },
            ]}
            actions={(row) => (
              <Button size="small" aria-label={t('admin.openOf', { name: l(row.name) })} onClick={() => setOpen(row)}>
                {t('admin.open')}
              </Button>
            )}
          />
        )}
      </Loaded>
      {open === 'new' ? <CategoryForm groups={groups} close={() => setOpen(undefined)} /> : null}
      {open && open !== 'new' ? <ChangeCategory category={open} groups={groups} close={() => setOpen(undefined)} /> : null}
    </>
  );
};
