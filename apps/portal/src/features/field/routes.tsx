import type { Page } from '../../app/router.tsx';
import { CasePage } from './components/case.tsx';
import { NewEventPage } from './components/new-event.tsx';
import { OutboxPage } from './components/outbox.tsx';
import { PatrolPage, PatrolsPage } from './components/patrols.tsx';
import { PremisesListPage, PremisesPage } from './components/premises.tsx';
import { SosPage } from './components/sos.tsx';
import { TodayPage } from './components/today.tsx';
import { VisitPage, VisitsPage } from './components/visits.tsx';
import '../../lib/field/field.css';

/** For those who work outside: everything here works for days without a network, and nothing here says where anybody walked. */
export const pages: Page[] = [
  { path: '/field', draw: () => <TodayPage /> },
  { path: '/field/new', draw: () => <NewEventPage /> },
  { path: '/field/cases/:id', draw: (id) => <CasePage id={id} /> },
  { path: '/field/patrols', draw: () => <PatrolsPage /> },
  { path: '/field/patrols/:id', draw: (id) => <PatrolPage id={id} /> },
  { path: '/field/visits', draw: () => <VisitsPage /> },
  { path: '/field/visits/:id', draw: (id) => <VisitPage id={id} /> },
  { path: '/field/premises', draw: () => <PremisesListPage /> },
  { path: '/field/premises/:id', draw: (id) => <PremisesPage id={id} /> },
  { path: '/field/outbox', draw: () => <OutboxPage /> },
  { path: '/field/sos', draw: () => <SosPage /> },
];
