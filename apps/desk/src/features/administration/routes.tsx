import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Alert } from 'antd';
import type { FunctionComponent } from 'react';
import type { ADMINISTERS } from '../../lib/doors.ts';
import { useWords, type Words } from '../../lib/i18n/i18n.tsx';
import { mayDo, meQuery } from '../../lib/me.ts';
import { RegisterHead } from '../../lib/register/register-head.tsx';
import { Articles } from './components/articles.tsx';
import { Calendars } from './components/calendars.tsx';
import { Categories } from './components/categories.tsx';
import { Changes } from './components/changes.tsx';
import { DutyLists } from './components/duty-lists.tsx';
import { Facilities } from './components/facilities.tsx';
import { Organizations } from './components/organizations.tsx';
import { People } from './components/people.tsx';
import { Responsibilities } from './components/responsibilities.tsx';
import { Roster } from './components/roster.tsx';

const Log = () => {
  const { t } = useWords('administration');
  return (
    <>
      <RegisterHead title={t('admin.log')} help={t('admin.logHelp')} />
      <Changes />
    </>
  );
};

interface Register {
  readonly needs: (typeof ADMINISTERS)[number];
  readonly title: (t: Words<'administration'>['t']) => string;
  readonly Page: FunctionComponent;
}

/** Every register, by the capability that opens it. */
const REGISTERS: Readonly<Record<string, Register>> = {
  people: { needs: 'person.manage', title: (t) => t('admin.people'), Page: People },
  organizations: { needs: 'organization.manage', title: (t) => t('admin.organizations'), Page: Organizations },
  responsibilities: { needs: 'organization.manage', title: (t) => t('admin.responsibilities'), Page: Responsibilities },
  roster: { needs: 'roster.manage', title: (t) => t('admin.roster'), Page: Roster },
  duties: { needs: 'duty.manage', title: (t) => t('admin.dutyLists'), Page: DutyLists },
  categories: { needs: 'category.manage', title: (t) => t('admin.categories'), Page: Categories },
  facilities: { needs: 'facility.manage', title: (t) => t('admin.facilities'), Page: Facilities },
  articles: { needs: 'knowledge.manage', title: (t) => t('admin.articles'), Page: Articles },
  calendars: { needs: 'calendar.manage', title: (t) => t('admin.calendars'), Page: Calendars },
  log: { needs: 'administration.read', title: (t) => t('admin.log'), Page: Log },
};

/** The administration: the registers this person may change, one of them open. */
export const AdministrationPage = () => {
  const { t } = useWords('administration');
  const { data: me } = useQuery(meQuery);
  const { register } = useParams({ strict: false });
  const open = Object.entries(REGISTERS).filter(([, { needs }]) => mayDo(me, needs));
  const [, chosen] = open.find(([id]) => id === register) ?? (register === undefined ? (open[0] ?? []) : []);
  return (
    <>
      <nav className="views" aria-label={t('admin.registers')}>
        {open.map(([id, one]) => (
          <Link key={id} to="/admin/$register" params={{ register: id }} aria-current={one === chosen ? 'page' : undefined}>
            {one.title(t)}
          </Link>
        ))}
      </nav>
      {chosen ? (
        <chosen.Page />
      ) : (
        <>
          <h1>{t('app.admin')}</h1>
          <Alert role="status" type="info" showIcon title={t('admin.notYours')} description={t('app.askAdministrator')} />
        </>
      )}
    </>
  );
};
