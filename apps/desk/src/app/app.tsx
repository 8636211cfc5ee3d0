import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useWords, WordsProvider } from '../lib/i18n/i18n.tsx';
import { queryClient } from '../lib/services.ts';
import { router } from './router.tsx';

/** Contrast of 4.5 to 1 also for what antd draws pale. */
const theme = {
  token: {
    colorPrimary: '#0b5a4a',
    colorLink: '#0b5a4a',
    colorBorder: '#7d8c87',
    colorTextPlaceholder: '#5f6b67',
    colorTextDescription: '#4a5a55',
    colorTextTertiary: '#4a5a55',
    colorTextDisabled: '#5f6b67',
    fontFamily: 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
  },
};

const Localized = () => {
  const { language } = useWords();
  return (
    <ConfigProvider locale={language === 'zh' ? zhCN : enUS} theme={theme} button={{ autoInsertSpace: false }}>
      <RouterProvider router={router} />
    </ConfigProvider>
  );
};

export const App = () => (
  <QueryClientProvider client={queryClient}>
    <WordsProvider>
      <Localized />
    </WordsProvider>
  </QueryClientProvider>
);
