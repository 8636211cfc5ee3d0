import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { theme as antdTheme, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useWords, WordsProvider } from '../lib/i18n/i18n.tsx';
import { queryClient } from '../lib/services.ts';
import { ThemeProvider, useTheme } from '../lib/theme.tsx';
import { router } from './router.tsx';

const fontFamily = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

/** Contrast of 4.5 to 1 also for what antd draws pale. The colours are those of tokens.css. */
const LIGHT = {
  algorithm: antdTheme.defaultAlgorithm,
  token: {
    fontFamily,
    colorPrimary: '#0b5a4a',
    colorLink: '#0b5a4a',
    colorBorder: '#7d8c87',
    colorTextPlaceholder: '#5f6b67',
    colorTextDescription: '#4a5a55',
    colorTextTertiary: '#4a5a55',
    colorTextDisabled: '#5f6b67',
    // Dark enough for white words on it (WCAG 1.4.3).
    colorError: '#c5221f',
  },
  components: { Tree: { nodeSelectedBg: '#e8f4f0', nodeSelectedColor: '#16211e' } },
};
const DARK = {
  algorithm: antdTheme.darkAlgorithm,
  token: {
    fontFamily,
    colorPrimary: '#1a7f69',
    colorLink: '#6fd0b5',
    colorPrimaryText: '#6fd0b5',
    colorPrimaryTextHover: '#8fe0c8',
    colorBgBase: '#101614',
    colorBgContainer: '#18201d',
    colorBgElevated: '#1f2925',
    colorTextBase: '#e4ebe8',
    colorText: '#e4ebe8',
    colorBorder: '#71827b',
    colorTextPlaceholder: '#9aa9a3',
    colorTextDescription: '#a9b8b2',
    colorTextTertiary: '#a9b8b2',
    colorTextDisabled: '#9aa9a3',
    colorError: '#e5675f',
    colorErrorText: '#ff9c94',
  },
  components: {
    Tree: { nodeSelectedBg: '#12352c', nodeSelectedColor: '#e4ebe8' },
    Tabs: { itemSelectedColor: '#6fd0b5', itemHoverColor: '#8fe0c8', itemActiveColor: '#8fe0c8', inkBarColor: '#6fd0b5' },
  },
};

/** Whoever asks their system for less motion gets none from antd (WCAG 2.3.3). */
const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
const withMotion = <T extends { token: object }>(theme: T) => ({ ...theme, token: { ...theme.token, motion: !still } });
const light = withMotion(LIGHT);
const night = withMotion(DARK);

const Localized = () => {
  const { language } = useWords();
  const { dark } = useTheme();
  return (
    <ConfigProvider locale={language === 'zh' ? zhCN : enUS} theme={dark ? night : light} button={{ autoInsertSpace: false }}>
      <RouterProvider router={router} />
    </ConfigProvider>
  );
};

export const App = () => (
  <QueryClientProvider client={queryClient}>
    <WordsProvider>
      <ThemeProvider>
        <Localized />
      </ThemeProvider>
    </WordsProvider>
  </QueryClientProvider>
);
