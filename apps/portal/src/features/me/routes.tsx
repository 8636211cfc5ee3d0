import type { Page } from '../../app/router.tsx';
import { SignedIn } from '../../lib/sign-in/signed-in.tsx';
import { MyData } from './components/my-data.tsx';
import { MyPage } from './components/my-page.tsx';
import { MyReadings } from './components/my-readings.tsx';
import { MySettings } from './components/my-settings.tsx';

export const pages: Page[] = [
  { path: '/me', draw: () => <SignedIn>{(own) => <MyPage {...own} />}</SignedIn> },
  { path: '/me/readings', draw: () => <SignedIn>{() => <MyReadings />}</SignedIn> },
  { path: '/me/settings', draw: () => <SignedIn>{(own) => <MySettings {...own} />}</SignedIn> },
  { path: '/me/data', draw: () => <SignedIn>{() => <MyData />}</SignedIn> },
];
