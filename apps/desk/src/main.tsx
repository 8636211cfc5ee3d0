import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { router } from './app/router.tsx';
import { firstWords } from './lib/i18n/first-words.ts';
import './app/tokens.css';
import './app/head.css';
import './app/styles.css';
import './app/fields.css';
import './app/inbox.css';
import './app/case.css';
import './app/area.css';
import './app/hotline.css';
import './app/paper.css';
import { dressPage } from './lib/theme.tsx';

dressPage();
// Who is there, the page and its rows are asked for while the words come.
void router.load();
await firstWords('desk');
createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
