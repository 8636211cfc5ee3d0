import { useQuery, useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { type HoursKind, WAYS, type Way } from '@tongxin/domain/reception/schema.ts';
import { localDate } from '@tongxin/ui/time.ts';
import { Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { meQuery } from '../../../lib/me.ts';
import { DayField } from '../../../lib/register/fields.tsx';
import { RegisterDrawer } from '../../../lib/register/register-drawer.tsx';
import { publishReception } from '../mutations.ts';
import { postsQuery } from '../queries.ts';

const DAY_MS = 86_400_000;
const at = (day: string, time: string): string => new Date(`${day}T${time}:00+08:00`).toISOString();
const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Hours in which a post of the own body receives; how many turns fit is reckoned, and may be fewer. */
export const PublishSession = ({ kind, organizationId, close }: { kind: HoursKind; organizationId: string; close: () => void }) => {
  const { t, l } = useWords('reception');
  const client = useQueryClient();
  const isLegal = kind === 'legal';
  const { data: me } = useQuery(meQuery);
  const { data: ofBody = [] } = useQuery({ ...postsQuery(organizationId), enabled: !isLegal });
  // A lawyer keeps hours of no post but the own ones.
  const posts = isLegal
    ? (me?.posts ?? [])
        .filter(({ capabilities }) => capabilities.includes('legal.advise'))
        .map(({ postId, title }) => ({ id: postId, title }))
    : ofBody;
  // One id for what is typed: sent again after a lost answer it is the same session.
  const [id] = useState(uuidv7);
  const [picked, setPostId] = useState<string>();
  const postId = picked ?? (isLegal ? posts[0]?.id : undefined);
  const [way, setWay] = useState<Way>('place');
  const [day, setDay] = useState(localDate(Date.now() + 7 * DAY_MS));
  const [starts, setStarts] = useState('09:00');
  const [ends, setEnds] = useState('11:00');
  const [minutes, setMinutes] = useState(20);
  const [slots, setSlots] = useState<number>();
  const [place, setPlace] = useState('');
  const [matters, setMatters] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const fit = Math.max(0, Math.floor((minutesOf(ends) - minutesOf(starts)) / minutes));
  const missing = !postId ? t('reception.post') : !place.trim() ? t('reception.place') : fit < 1 ? t('reception.ends') : undefined;
  const run = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await publishReception(id, {
        organizationId,
        postId: postId!,
        ...(isLegal ? { kind, way } : {}),
        place: place.trim(),
        startsAt: at(day, starts),
        endsAt: at(day, ends),
        minutes,
        slots: slots ?? fit,
        ...(matters.trim() ? { matters: matters.trim() } : {}),
      });
      await client.invalidateQueries({ queryKey: keys.receptions });
      close();
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  };
  return (
    <RegisterDrawer
      title={t(isLegal ? 'legal.publish' : 'reception.publish')}
      close={close}
      problem={problem}
      submit={{ label: t(isLegal ? 'legal.publish' : 'reception.publish'), busy, missing, run: () => void run() }}
    >
      <FormField id="reception-post" label={t('reception.post')} hint={t('reception.postHint')}>
        {(tied) => (
          <Select
            {...tied}
            placeholder={t('form.pick')}
            value={postId}
            onChange={(chosen: string) => setPostId(chosen)}
            options={posts.map((post) => ({ value: post.id, label: l(post.title) }))}
          />
        )}
      </FormField>
      <DayField id="reception-day" label={t('reception.day')} value={day} onChange={setDay} />
      <FormField id="reception-starts" label={t('reception.starts')}>
        {({ status: _status, ...tied }) => (
          <input {...tied} type="time" value={starts} onChange={(event) => setStarts(event.target.value)} />
        )}
      </FormField>
      <FormField id="reception-ends" label={t('reception.ends')}>
        {({ status: _status, ...tied }) => <input {...tied} type="time" value={ends} onChange={(event) => setEnds(event.target.value)} />}
      </FormField>
      <FormField id="reception-minutes" label={t('reception.minutes')}>
        {(tied) => <InputNumber {...tied} min={5} max={120} value={minutes} onChange={(n) => setMinutes(n ?? 20)} />}
      </FormField>
      <FormField id="reception-slots" label={t('reception.slots')} hint={t('reception.slotsHint', { n: fit })}>
        {(tied) => (
          <InputNumber
            {...tied}
            min={1}
            max={Math.max(1, fit)}
            placeholder={String(fit)}
            value={slots ?? null}
            onChange={(n) => setSlots(n ?? undefined)}
          />
        )}
      </FormField>
      {isLegal ? (
        <FormField id="reception-way" label={t('legal.way')}>
          {(tied) => (
            <Select
              {...tied}
              value={way}
              onChange={(chosen: Way) => setWay(chosen)}
              options={WAYS.map((one) => ({ value: one, label: t(`legal.way.${one}`) }))}
            />
          )}
        </FormField>
      ) : null}
      <FormField
        id="reception-place"
        label={t(way === 'place' ? 'reception.place' : 'legal.how')}
        hint={way === 'place' ? undefined : t('legal.howHint')}
      >
        {(tied) => <Input {...tied} maxLength={120} value={place} onChange={(event) => setPlace(event.target.value)} />}
      </FormField>
      <FormField id="reception-matters" label={t('reception.matters')} hint={t(isLegal ? 'legal.mattersHint' : 'reception.mattersHint')}>
        {(tied) => <Input {...tied} maxLength={200} value={matters} onChange={(event) => setMatters(event.target.value)} />}
      </FormField>
    </RegisterDrawer>
  );
};
