import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app/tokens.css';
import './app/styles.css';
import './app/wall.css';
import { WallPage } from './features/wall/routes.tsx';
import { firstWords } from './lib/i18n/first-words.ts';
import { WordsProvider } from './lib/i18n/i18n.tsx';
import { queryClient } from './lib/services.ts';
import { LOOKS, ThemeProvider } from './lib/theme.tsx';

/** A screen without a keyboard is set up by its address: `/wall?lang=en&look=light#<token>`. */
const asked = new URLSearchParams(location.search);
const language = asked.get('lang');
if (language === 'zh' || language === 'en') localStorage.setItem('tongxin.language', language);
const look = LOOKS.find((one) => one === asked.get('look'));

await firstWords('desk', 'wall');
createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <WordsProvider>
        <ThemeProvider look={look ?? 'dark'}>
          <WallPage areaId={asked.get('areaId') ?? undefined} />
        </ThemeProvider>
      </WordsProvider>
    </QueryClientProvider>
  </StrictMode>,
);
