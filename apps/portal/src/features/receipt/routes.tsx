import type { Page } from '../../app/router.tsx';
import { CasePage } from './components/case-page.tsx';
import { RatingPage } from './components/rating-page.tsx';
import { ReceiptPage } from './components/receipt-page.tsx';
import { SharedPage } from './components/shared-page.tsx';
import { TrackPage } from './components/track-page.tsx';

export const pages: Page[] = [
  { path: '/track', draw: () => <TrackPage /> },
  { path: '/r/:code', draw: (code) => <CasePage code={code} /> },
  { path: '/receipt/:id', draw: (id) => <ReceiptPage id={id} /> },
  { path: '/s/:token', draw: (token) => <SharedPage token={token} /> },
  { path: '/rate/:code', draw: (code) => <RatingPage code={code} /> },
];
