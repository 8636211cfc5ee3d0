import type { Page } from '../../app/router.tsx';
import { SignedIn } from '../../lib/sign-in/signed-in.tsx';
import { AdvicePage } from './components/advice-page.tsx';
import { BookPage } from './components/book-page.tsx';
import { BookingPage } from './components/booking-page.tsx';
import { LegalPage } from './components/legal-page.tsx';
import { SessionList } from './components/session-list.tsx';

export const pages: Page[] = [
  { path: '/reception', draw: () => <SessionList /> },
  { path: '/legal', draw: () => <LegalPage /> },
  { path: '/advice', draw: () => <SignedIn>{() => <AdvicePage />}</SignedIn> },
  { path: '/reception/:id', draw: (id) => <SignedIn>{({ own }) => <BookPage id={id} own={own} />}</SignedIn> },
  { path: '/booking/:id', draw: (id) => <SignedIn>{() => <BookingPage id={id} />}</SignedIn> },
];
