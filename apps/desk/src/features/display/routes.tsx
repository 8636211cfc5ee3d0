import { useQuery, useQueryClient } from '@tanstack/react-query';
import { keys } from '@tongxin/client/keys.ts';
import type { DisplayView } from '@tongxin/domain/wall/view.ts';
import { formatInstant } from '@tongxin/ui/time.ts';
import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { Failed, Loaded } from '../../lib/load-state.tsx';
import { Mark } from '../../lib/mark.tsx';
import { areaOfPost, mayDo, meQuery } from '../../lib/me.ts';
import { NewDisplay } from './components/new-display.tsx';
import { revokeDisplay } from './mutations.ts';
import { displaysQuery } from './queries.ts';

const Row = ({ display, revoke }: { display: DisplayView; revoke: (id: string) => void }) => {
  const { t, l, language } = useWords('display');
  return (
    <li className="row">
      <strong>{display.name}</strong>
      <span>{l(display.area)}</span>
      {display.revokedAt ? (
        <Mark>{t('display.ended')}</Mark>
      ) : (
        <>
          <span className="quiet">{t('display.until', { day: formatInstant(display.expiresAt, language) })}</span>
          <Popconfirm
            title={t('display.revokeSure')}
            okText={t('display.revoke')}
            cancelText={t('display.keep')}
            onConfirm={() => revoke(display.id)}
          >
            <Button size="small" aria-label={`${t('display.revoke')} ${display.name}`}>
              {t('display.revoke')}
            </Button>
          </Popconfirm>
        </>
      )}
    </li>
  );
};

/** Screens that may show walls: who lets them in, and ends it. */
const Displays = () => {
  const { t } = useWords('display');
  const client = useQueryClient();
  const query = useQuery(displaysQuery);
  const [problem, setProblem] = useState<unknown>();
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: keys.displays });
  const revoke = (id: string): void => {
    revokeDisplay(id).then(again).catch(setProblem);
  };
  return (
    <>
      <NewDisplay made={() => void again()} />
      <section className="card" aria-labelledby="displays">
        <h2 id="displays">{t('display.list')}</h2>
        {problem ? <Failed problem={problem} /> : null}
        <Loaded query={query}>
          {(displays) =>
            displays.length ? (
              <ul className="cards">
                {displays.map((display) => (
                  <Row key={display.id} display={display} revoke={revoke} />
                ))}
              </ul>
            ) : (
              <p>{t('display.none')}</p>
            )
          }
        </Loaded>
      </section>
    </>
  );
};

export const DisplaysPage = () => {
  const { t } = useWords('display');
  const { data: me } = useQuery(meQuery);
  const areaId = areaOfPost(me, 'wall.show');
  return (
    <>
      <h1>{t('display.title')}</h1>
      <section className="card">
        <p>{t('display.intro')}</p>
        <a href={areaId ? `/wall?areaId=${areaId}` : '/wall'} target="_blank" rel="noreferrer">
          {t('display.open')}
        </a>
      </section>
      {mayDo(me, 'wall.manage') ? <Displays /> : null}
    </>
  );
};
