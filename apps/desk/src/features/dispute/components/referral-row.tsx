import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { keys } from '@tongxin/client/keys.ts';
import { instantToLocalDate } from '@tongxin/domain/calendar/rules.ts';
import type { Result, ReferralRow as Row } from '@tongxin/domain/dispute/referral/schema.ts';
import { formatEntered } from '@tongxin/ui/time.ts';
import { Alert, Button, Select } from 'antd';
import { useState } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Mark } from '../../../lib/mark.tsx';
import { reportDispute } from '../mutations.ts';

/** A dispute that somebody passed on: the sender hears how it ended, in one of the eight words for it, and nothing of what was said. */
export const ReferralRow = ({ row }: { row: Row }) => {
  const { t, l, why, language } = useWords('dispute');
  const day = (one: string): string => formatEntered(one, language);
  const client = useQueryClient();
  const [result, setResult] = useState<Result | undefined>(row.results[0]);
  const [problem, setProblem] = useState<unknown>();
  const today = instantToLocalDate(new Date().toISOString());
  const send = async (): Promise<void> => {
    if (!result) return;
    try {
      await reportDispute(row.id, { result, how: 'written', on: today });
      await client.invalidateQueries({ queryKey: keys.referrals });
    } catch (failure) {
      setProblem(failure);
    }
  };
  return (
    <tr>
      <td className="nowrap">
        <Link to="/disputes/$id" params={{ id: row.id }}>
          {row.number}
        </Link>
      </td>
      <td data-label={t('referral.sender')}>
        {t(`referral.sender.${row.sender}`)}
        {row.body ? ` · ${row.body}` : ''}
        {row.senderNumber ? <div className="quiet">{row.senderNumber}</div> : null}
      </td>
      <td data-label={t('referral.receivedOn')} className="nowrap">
        {day(row.receivedOn)}
      </td>
      <td data-label={t('referral.dueOn')} className="nowrap">
        {day(row.dueOn)} {!row.result && row.dueOn < today ? <Mark tone="warn">{t('referral.late')}</Mark> : null}
      </td>
      <td data-label={t('dispute.stage')}>{l(row.stageLabel)}</td>
      <td data-label={t('referral.result')}>
        {row.result ? (
          `${t(`referral.result.${row.result}`)} · ${day(row.reportedOn ?? '')}`
        ) : row.results.length ? (
          <div className="row">
            <Select
              aria-label={t('referral.result')}
              {...(result ? { value: result } : {})}
              onChange={(value: Result) => setResult(value)}
              options={row.results.map((value) => ({ value, label: t(`referral.result.${value}`) }))}
            />
            <Button size="small" onClick={() => void send()}>
              {t('referral.report')}
            </Button>
            {problem ? <Alert role="alert" type="error" title={why(problem)} /> : null}
          </div>
        ) : (
          t('referral.goesOn')
        )}
      </td>
    </tr>
  );
};
