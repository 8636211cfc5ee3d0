import type { CaseView } from '@tongxin/domain/case/view.ts';
import { maskWords } from '@tongxin/domain/mask/rules.ts';
import { formatInstant } from '@tongxin/ui/time.ts';
import { Button } from 'antd';
import { useState } from 'react';
import { useWords, type Words } from '../../../lib/i18n/i18n.tsx';

/** The case in a few lines for a chat group or a message, with names, telephones and numbers masked. */
const forwardable = (view: CaseView, { t, l, language }: Words): string => {
  const clock = view.clocks.find(({ status, dueAt }) => status === 'running' && dueAt);
  const lines: [string, string | undefined][] = [
    [t('inbox.number'), view.number],
    [t('case.what'), view.text && maskWords(view.text)],
    [t('case.where'), view.address && maskWords(view.address)],
    [t('case.area'), view.areaLabels.map(l).join(' › ') || undefined],
    [t('case.category'), view.categoryLabel && l(view.categoryLabel)],
    [t('inbox.stage'), l(view.stageLabel)],
    [t('case.lead'), view.leadOrganizationLabel && l(view.leadOrganizationLabel)],
    [clock ? l(clock.label) : '', clock?.dueAt && formatInstant(clock.dueAt, language)],
  ];
  return lines.flatMap(([name, value]) => (value ? [t('case.line', { name, value })] : [])).join('\n');
};

export const CopyText = ({ view }: { view: CaseView }) => {
  const words = useWords();
  const [said, setSaid] = useState<'copied' | 'copyFailed'>();
  const copy = (): void => {
    const written = navigator.clipboard?.writeText(forwardable(view, words)) ?? Promise.reject(new Error('no clipboard'));
    written.then(
      () => setSaid('copied'),
      () => setSaid('copyFailed'),
    );
  };
  return (
    <>
      <Button size="small" onClick={copy}>
        {words.t('case.copy')}
      </Button>
      <span role="status">{said ? words.t(`case.${said}`) : ''}</span>
    </>
  );
};
