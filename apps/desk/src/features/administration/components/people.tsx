import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { HoldingView, StaffView } from '@tongxin/domain/staff/view.ts';
import type { WaitingView } from '@tongxin/domain/succession/view.ts';
import { Alert, Button, Input } from 'antd';
import { useDeferredValue, useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Failed, Loaded } from '../../../lib/load-state.tsx';
import { useChange } from '../../../lib/register/change.ts';
import { RegisterHead } from '../../../lib/register/register-head.tsx';
import { RegisterTable } from '../../../lib/register/register-table.tsx';
import { administration } from '../../../lib/services.ts';
import { staffQuery, useRefresh, waitingQuery } from '../queries.ts';
import { Leave, until } from './leave.tsx';
import { AppointPerson, NewPerson } from './new-person.tsx';
import { Person } from './person.tsx';
import { BodyPicker } from './post-picker.tsx';

/** Work that waits for somebody to go on: told on top, with the button that goes on. */
const Waiting = ({ waiting, leave }: { waiting: WaitingView; leave: (lapsed: WaitingView['lapsed'][number]) => void }) => {
  const { t, l } = useWords('administration');
  const refresh = useRefresh();
  const { busy, problem, change } = useChange();
  if (waiting.successions.length + waiting.lapsed.length === 0) return null;
  const goOn = async (one: WaitingView['successions'][number]): Promise<void> => {
    const body = { ...one.ask, commandId: one.id };
    const again = () =>
      one.kind === 'person' ? administration.endHolding(one.subjectId, body) : administration.closeBody(one.subjectId, body);
    if ((await change(() => until(again))) !== undefined) void refresh();
  };
  return (
    <Alert
      type="warning"
      role="status"
      showIcon
      className="field"
      title={t('admin.waiting')}
      description={
        <ul>
          {waiting.successions.map((one) => (
            <li key={one.id}>
              {t('admin.stopped', { body: l(one.organization) })}{' '}
              <Button size="small" loading={busy} onClick={() => void goOn(one)}>
                {t('admin.goOn')}
              </Button>
            </li>
          ))}
          {waiting.lapsed.map((one) => (
            <li key={one.holdingId}>
              {t('admin.lapsed', { name: one.name, post: l(one.post), n: one.cases })}{' '}
              <Button size="small" onClick={() => leave(one)}>
                {t('admin.handOver')}
              </Button>
            </li>
          ))}
          {problem ? <Failed problem={problem} /> : null}
        </ul>
      }
    />
  );
};

type Open = { readonly kind: 'new' } | { readonly kind: 'person' | 'appoint'; readonly id: string };

/** People, their posts and accounts. */
export const People = () => {
  const { t, l, of } = useWords('administration');
  const [words, setWords] = useState('');
  const [organizationId, setOrganizationId] = useState<string>();
  const asked = useDeferredValue(words.trim());
  const query = useInfiniteQuery(staffQuery({ ...(asked ? { words: asked } : {}), ...(organizationId ? { organizationId } : {}) }));
  const waiting = useQuery(waitingQuery);
  const [open, setOpen] = useState<Open>();
  const [leaving, setLeaving] = useState<{ holding: HoldingView; name: string }>();
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const chosen = open && 'id' in open ? rows.find((row) => row.id === open.id) : undefined;
  const nameOf = (person: StaffView): string => person.name ?? person.username ?? t('admin.unnamed');
  const close = (): void => setOpen(undefined);
  return (
    <>
      <RegisterHead
        title={t('admin.people')}
        help={t('admin.peopleHelp')}
        files="people"
        add={{ label: t('admin.newPerson'), run: () => setOpen({ kind: 'new' }) }}
      >
        <FormField id="people-words" label={t('admin.username')}>
          {(tied) => <Input {...tied} value={words} onChange={(event) => setWords(event.target.value)} />}
        </FormField>
        <BodyPicker id="people-body" label={t('admin.body')} value={organizationId} onChange={setOrganizationId} />
      </RegisterHead>
      {waiting.data ? (
        <Waiting
          waiting={waiting.data}
          leave={(one) =>
            setLeaving({
              name: one.name,
              holding: {
                id: one.holdingId,
                postId: one.holdingId,
                title: one.post,
                role: '',
                organizationId: one.holdingId,
                organization: one.post,
                area: one.post,
                from: one.ended,
                state: 'over',
              },
            })
          }
        />
      ) : null}
      <Loaded query={query}>
        {() => (
          <RegisterTable<StaffView>
            label={t('admin.people')}
            rows={rows}
            idOf={(row) => row.id}
            empty={t('admin.noPeople')}
            columns={[
              { id: 'name', title: t('admin.name'), show: nameOf },
              { id: 'username', title: t('admin.username'), show: (row) => row.username ?? '—' },
              {
                id: 'posts',
                title: t('admin.posts'),
                show: (row) => {
                  const now = row.holdings.filter((one) => one.state === 'now');
                  return now.length ? now.map((one) => `${l(one.organization)} ${l(one.title)}`).join('；') : t('admin.noPostNow');
                },
              },
              { id: 'account', title: t('admin.account'), show: (row) => of('admin.accountState', row.account, '') },
            ]}
            actions={(row) => (
              <Button
                size="small"
                aria-label={t('admin.openOf', { name: nameOf(row) })}
                onClick={() => setOpen({ kind: 'person', id: row.id })}
              >
                {t('admin.open')}
              </Button>
            )}
            {...(query.hasNextPage ? { more: { busy: query.isFetchingNextPage, fetch: () => void query.fetchNextPage() } } : {})}
          />
        )}
      </Loaded>
      {open?.kind === 'new' ? <NewPerson close={close} /> : null}
      {chosen && open?.kind === 'person' && !leaving ? (
        <Person
          person={chosen}
          name={nameOf(chosen)}
          appoint={() => setOpen({ kind: 'appoint', id: chosen.id })}
          leave={(holding) => setLeaving({ holding, name: nameOf(chosen) })}
          close={close}
        />
      ) : null}
      {chosen && open?.kind === 'appoint' ? (
        <AppointPerson person={chosen} name={nameOf(chosen)} close={() => setOpen({ kind: 'person', id: chosen.id })} />
      ) : null}
      {leaving ? <Leave holding={leaving.holding} name={leaving.name} close={() => setLeaving(undefined)} /> : null}
    </>
  );
};
