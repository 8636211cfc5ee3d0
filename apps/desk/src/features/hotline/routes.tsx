import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { CallResult, CallView } from '@tongxin/domain/hotline/schema.ts';
import { Input } from 'antd';
import { useEffect, useState } from 'react';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { useLogDraft } from '../../lib/intake/log-draft.ts';
import { useDanger } from '../../lib/intake/log-fields.tsx';
import { useLineUp } from '../../lib/live/line.ts';
import { Loaded } from '../../lib/load-state.tsx';
import { Alike, Catalogue, Knowledge } from './components/at-hand.tsx';
import { CallBacks } from './components/call-backs.tsx';
import { CallForm } from './components/call-form.tsx';
import { CallLog } from './components/call-log.tsx';
import { Caller } from './components/caller.tsx';
import { Current, Ringing } from './components/line.tsx';
import { takeCall } from './mutations.ts';
import { callBacksQuery, callsQuery } from './queries.ts';

const EXTENSION = 'tongxin.extension';

const press = (id: string): void => {
  const found = document.getElementById(id);
  if (found instanceof HTMLButtonElement) found.click();
  else found?.focus();
};

/** F2 takes what rings or begins by hand, F4 searches the knowledge base, F8 files, F9 puts the call away: also while somebody types. */
const KEYS: Readonly<Record<string, () => void>> = {
  F2: () => press(document.getElementById('take') ? 'take' : 'caller-number'),
  F4: () => press('knowledge-q'),
  F8: () => press('file'),
  F9: () => press('put-away'),
};
const useFunctionKeys = (): void => {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : KEYS[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
};

const Heading = () => {
  const { t } = useWords('hotline');
  const { data: waiting = [] } = useQuery(callBacksQuery);
  return (
    <div className="row hotline-head no-print">
      <h1>{t('hotline.title')}</h1>
      <Link to="/hotline" activeOptions={{ exact: true }}>
        {t('hotline.calls')}
      </Link>
      <Link to="/hotline/call-backs">{t('hotline.callBacks', { n: waiting.length })}</Link>
    </div>
  );
};

/** The call in hand: who is on the line, what they say, what is at hand. */
const InHand = ({ call, ringing }: { call: CallView; ringing: readonly CallView[] }) => {
  const [turn, setTurn] = useState(0);
  return <Talk key={`${call.id}:${turn}`} call={call} turn={turn} ringing={ringing} again={() => setTurn((n) => n + 1)} />;
};

const Talk = ({ call, turn, ringing, again }: { call: CallView; turn: number; ringing: readonly CallView[]; again: () => void }) => {
  const [deed, setDeed] = useState<CallResult>();
  const log = useLogDraft(`call:${call.id}:${turn}`, { channel: 'hotline', phone: call.number ?? '' });
  const danger = useDanger(log.draft);
  return (
    <div className="hotline">
      <div className="no-print">
        <Current call={call} deed={deed} danger={danger} />
        <Caller call={call} said={setDeed} />
        {ringing.length ? <Ringing calls={ringing} /> : null}
      </div>
      <CallForm call={call} log={log} said={setDeed} again={again} />
      <div className="no-print">
        <Knowledge
          use={(article) =>
            log.change({
              reply: article.body,
              articleId: article.id,
              demandKind: log.draft.demandKind ?? 'consultation',
              ...(log.draft.categoryId || !article.categoryIds[0] ? {} : { categoryId: article.categoryIds[0] }),
            })
          }
        />
        <Catalogue draft={log.draft} />
        <Alike draft={log.draft} />
      </div>
    </div>
  );
};

/** A call to one's own extension is taken by the screen itself: the caller stands there before the receiver is at the ear. */
const useOwnExtension = (open: readonly CallView[] | undefined, extension: string, refetch: () => void): void => {
  const own =
    extension && !open?.some(({ mine }) => mine)
      ? open?.find((call) => call.state === 'ringing' && call.extension === extension)
      : undefined;
  const id = own?.id;
  useEffect(() => {
    if (id) void takeCall(id).then(refetch, refetch);
  }, [id, refetch]);
};

export const HotlinePage = () => {
  const { t } = useWords('hotline');
  const query = useQuery(callsQuery(useLineUp()));
  const [extension, setExtension] = useState(() => localStorage.getItem(EXTENSION) ?? '');
  useFunctionKeys();
  useOwnExtension(query.data?.open, extension, query.refetch);
  return (
    <>
      <Heading />
      <Loaded query={query}>
        {({ open, past }) => {
          const mine = open.find((call) => call.mine);
          const ringing = open.filter((call) => call.state === 'ringing');
          return mine ? (
            <InHand key={mine.id} call={mine} ringing={ringing} />
          ) : (
            <div className="columns">
              <CallLog calls={past} />
              <div>
                <Ringing calls={ringing} />
                <section className="card">
                  <label htmlFor="extension">{t('hotline.extension')}</label>
                  <Input
                    id="extension"
                    maxLength={20}
                    value={extension}
                    aria-describedby="extension-hint"
                    onChange={(event) => {
                      const own = event.target.value.trim();
                      localStorage.setItem(EXTENSION, own);
                      setExtension(own);
                    }}
                  />
                  <p id="extension-hint" className="quiet">
                    {t('hotline.extensionHint')}
                  </p>
                </section>
              </div>
            </div>
          );
        }}
      </Loaded>
    </>
  );
};

export const CallBacksPage = () => (
  <>
    <Heading />
    <CallBacks />
  </>
);
