import { useQuery } from '@tanstack/react-query';
import type { ShiftView, Roster as View } from '@tongxin/client/administration.ts';
import { keys } from '@tongxin/client/keys.ts';
import { formatEntered, formatInstant, formatMonthDay, localDate } from '@tongxin/ui/time.ts';
import { Alert, Button, Popconfirm, Segmented } from 'antd';
import { useState } from 'react';
import { plus } from '../../../lib/days.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Failed, Loaded } from '../../../lib/load-state.tsx';
import { mayDo, meQuery } from '../../../lib/me.ts';
import { useChange } from '../../../lib/register/change.ts';
import { RegisterHead } from '../../../lib/register/register-head.tsx';
import { administration } from '../../../lib/services.ts';
import { postsQuery, useRefresh } from '../queries.ts';
import { NewShifts } from './new-shifts.tsx';
import { BodyPicker } from './post-picker.tsx';

/** The Monday of a day's week. */
export const mondayOf = (day: string): string => plus(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
const dayOf = (instant: string): string => localDate(Date.parse(instant));
const clock = (instant: string): string => new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(11, 16);

const rosterQuery = (organizationId: string | undefined, from: string, days: number) => ({
  queryKey: keys.register('roster', [organizationId, from, days]),
  enabled: organizationId !== undefined,
  queryFn: () => administration.roster(organizationId!, from, days),
});

interface DaysProps {
  readonly view: View;
  readonly from: string;
  readonly days: number;
  readonly nameOf: (postId: string) => string;
  readonly remove: (shift: ShiftView) => void;
}

/** Day by day: who begins when, and where nobody is on duty. */
const Days = ({ view, from, days, nameOf, remove }: DaysProps) => {
  const { t, of, language } = useWords('administration');
  const now = Date.now();
  return (
    <ol className="roster">
      {Array.from({ length: days }, (_, n) => plus(from, n)).map((day) => {
        const shifts = view.shifts.filter((shift) => dayOf(shift.startsAt) === day);
        const gaps = view.gaps.filter((gap) => dayOf(gap.from) === day);
        const weekday = new Date(`${day}T12:00:00Z`).toLocaleDateString(language === 'zh' ? 'zh-CN' : 'en-GB', {
          weekday: 'short',
          timeZone: 'UTC',
        });
        return (
          <li key={day} className="card">
            <strong>
              {formatMonthDay(day, language)} {weekday}
            </strong>
            {shifts.map((shift) => (
              <div key={shift.id} className="row">
                <span>
                  {clock(shift.startsAt)}–{dayOf(shift.endsAt) === day ? '' : `${formatMonthDay(dayOf(shift.endsAt), language)} `}
                  {clock(shift.endsAt)} {nameOf(shift.postId)} <span className="quiet">{of('admin.shift', shift.kind, '')}</span>
                </span>
                {Date.parse(shift.startsAt) > now ? (
                  <Popconfirm
                    title={t('admin.removeShiftSure')}
                    okText={t('admin.remove')}
                    cancelText={t('form.cancel')}
                    onConfirm={() => remove(shift)}
                  >
                    <Button
                      size="small"
                      aria-label={t('admin.removeShift', { post: nameOf(shift.postId), at: formatInstant(shift.startsAt, language) })}
                    >
                      {t('admin.remove')}
                    </Button>
                  </Popconfirm>
                ) : null}
              </div>
            ))}
            {gaps.map((gap) => (
              <div key={gap.from} className="wrong">
                {t('admin.gap', {
                  from: clock(gap.from),
                  to: `${dayOf(gap.to) === day ? '' : `${formatMonthDay(dayOf(gap.to), language)} `}${clock(gap.to)}`,
                })}
              </div>
            ))}
            {shifts.length + gaps.length === 0 ? <div className="quiet">{t('admin.noShift')}</div> : null}
          </li>
        );
      })}
    </ol>
  );
};

/** Who is on duty when: nights and days off of a body, by week or month. */
export const Roster = () => {
  const { t, l, language } = useWords('administration');
  const refresh = useRefresh();
  const { data: me } = useQuery(meQuery);
  // A head plans the own body; an administrator any of the area.
  const own = me?.posts.find((post) => post.capabilities.includes('roster.manage') && !mayDo(me, 'organization.manage'));
  const [chosen, setChosen] = useState<string>();
  const organizationId = own?.organizationId ?? chosen;
  const [span, setSpan] = useState<'week' | 'month'>('week');
  const [start, setStart] = useState(() => mondayOf(localDate(Date.now())));
  const days = span === 'week' ? 7 : 28;
  const query = useQuery(rosterQuery(organizationId, start, days));
  const { data: posts = [] } = useQuery(postsQuery({ ...(organizationId ? { organizationId } : {}) }));
  const { busy, problem, change } = useChange();
  const [adding, setAdding] = useState(false);
  const [copied, setCopied] = useState(false);
  const nameOf = (postId: string): string => {
    const post = posts.find((one) => one.id === postId);
    return post ? l(post.title) : t('admin.endedPost');
  };
  const remove = async (shift: ShiftView): Promise<void> => {
    if (await change((commandId) => administration.removeShifts(organizationId!, { commandId, ids: [shift.id] }))) void refresh();
  };
  const copy = async (): Promise<void> => {
    setCopied(false);
    if (!(await change((commandId) => administration.copyWeek(organizationId!, { commandId, from: start, to: plus(start, 7) })))) return;
    setCopied(true);
    setStart(plus(start, 7));
    void refresh();
  };
  const step = (by: number): void => {
    setCopied(false);
    setStart(plus(start, by * days));
  };
  return (
    <>
      <RegisterHead
        title={t('admin.roster')}
        help={t('admin.rosterHelp')}
        files="shifts"
        {...(organizationId ? { add: { label: t('admin.newShift'), run: () => setAdding(true) } } : {})}
      >
        {own ? (
          <strong>{l(own.organization)}</strong>
        ) : (
          <BodyPicker id="roster-body" label={t('admin.body')} value={organizationId} onChange={setChosen} />
        )}
        <Segmented
          aria-label={t('admin.span')}
          value={span}
          onChange={(value) => setSpan(value as 'week' | 'month')}
          options={[
            { value: 'week', label: t('admin.week') },
            { value: 'month', label: t('admin.fourWeeks') },
          ]}
        />
        <div className="row">
          <Button onClick={() => step(-1)}>{t('admin.earlier')}</Button>
          <span className="nowrap">
            {formatEntered(start, language)} – {formatEntered(plus(start, days - 1), language)}
          </span>
          <Button onClick={() => step(1)}>{t('admin.later')}</Button>
        </div>
        {organizationId && span === 'week' ? (
          <Popconfirm
            title={t('admin.copyWeekSure', {
              from: formatEntered(plus(start, 7), language),
              to: formatEntered(plus(start, 13), language),
            })}
            okText={t('admin.copyWeek')}
            cancelText={t('form.cancel')}
            onConfirm={() => void copy()}
          >
            <Button loading={busy}>{t('admin.copyWeek')}</Button>
          </Popconfirm>
        ) : null}
      </RegisterHead>
      {copied ? <Alert role="status" type="success" showIcon title={t('admin.weekCopied')} className="field" /> : null}
      {problem ? <Failed problem={problem} /> : null}
      {organizationId ? (
        <Loaded query={query}>
          {(view) => (
            <>
              {view.gaps.length ? (
                <Alert type="warning" showIcon title={t('admin.gaps', { n: view.gaps.length })} className="field" />
              ) : null}
              <Days view={view} from={start} days={days} nameOf={nameOf} remove={(shift) => void remove(shift)} />
            </>
          )}
        </Loaded>
      ) : (
        <p className="card">{t('admin.pickBody')}</p>
      )}
      {adding && organizationId ? (
        <NewShifts organizationId={organizationId} posts={posts} from={start} close={() => setAdding(false)} />
      ) : null}
    </>
  );
};
