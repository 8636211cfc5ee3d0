import type { Page } from '../../app/router.tsx';
import { HearingList } from './components/hearing-list.tsx';
import { HearingPage } from './components/hearing-page.tsx';

export const pages: Page[] = [
  { path: '/hearings', draw: () => <HearingList /> },
  { path: '/hearings/:id', draw: (id) => <HearingPage id={id} /> },
];
