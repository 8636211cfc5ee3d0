import { lazyRouteComponent } from '@tanstack/react-router';

export { InboxPage } from './components/inbox.tsx';
/** In a file of its own: what a case is made of is fetched after the list that leads to it. */
export const CasePage = lazyRouteComponent(() => import('./components/case-page.tsx'), 'CasePage');
