import { useQuery } from '@tanstack/react-query';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { OVER } from '@tongxin/domain/dispute/sides/procedure.ts';
import { Button, Checkbox, Radio } from 'antd';
import { useState } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { mayDo, meQuery } from '../../../lib/me.ts';
import { Wrong } from '../../../lib/wrong.tsx';
import { eraseSide } from '../mutations.ts';
import { choosingQuery, consentsQuery } from '../queries.ts';
import { useStep } from './use-step.tsx';

/** What a side asked to be erased, after the matter has ended: by the head, who opens nothing for it. */
export const Erasing = ({ caseId }: { caseId: string }) => {
  const { t } = useWords('dispute');
  const { data: me } = useQuery(meQuery);
  const { data: choosing } = useQuery(choosingQuery(caseId));
  const { data: consents } = useQuery(consentsQuery(caseId));
  const { run, busy, problem } = useStep(caseId);
  const [partyId, setPartyId] = useState<string>();
  const [asked, setAsked] = useState(false);
  const [commandId, setCommandId] = useState(uuidv7);
  const [done, setDone] = useState(false);
  const isHead = mayDo(me, 'case.confided');
  if (!isHead || !choosing || !consents || !OVER.includes(choosing.stage)) return null;
  const erase = async (): Promise<void> => {
    if (!(await run(() => eraseSide(caseId, { commandId, partyId: partyId!, ground: 'byRequest' })))) return;
    setCommandId(uuidv7());
    setAsked(false);
    setDone(true);
  };
  return (
    <section className="card" aria-labelledby="erasing">
      <h2 id="erasing">{t('erasing.title')}</h2>
      <p className="quiet">{t('erasing.hint')}</p>
      <fieldset className="field">
        <legend>{t('erasing.who')}</legend>
        <Radio.Group
          name="erasing"
          value={partyId}
          onChange={(event) => setPartyId(event.target.value)}
          options={consents.sides.map((side, index) => ({ value: side.partyId, label: t('dispute.party', { n: index + 1 }) }))}
        />
      </fieldset>
      <Checkbox className="field" checked={asked} onChange={(event) => setAsked(event.target.checked)}>
        {t('erasing.asked')}
      </Checkbox>
      <Wrong problem={problem} />
      {done ? <p role="status">✓ {t('erasing.done')}</p> : null}
      <div className="row">
        <Button danger disabled={!partyId || !asked} loading={busy} onClick={() => void erase()}>
          {t('erasing.erase')}
        </Button>
      </div>
    </section>
  );
};
