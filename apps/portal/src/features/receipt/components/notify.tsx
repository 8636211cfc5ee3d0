import { useState } from 'preact/hooks';
import { Tick } from '../../../lib/form/field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { useLoad } from '../../../lib/load.tsx';
import { chooseReceiptWish } from '../mutations.ts';
import { getReceiptWish } from '../queries.ts';

/** Whether one hears of one's matter by SMS: one tap on, one tap off. Nothing is shown where no SMS can come. */
export const Notify = ({ code }: { code: string }) => {
  const { t, why, language } = useWords();
  const { loaded, show } = useLoad((signal) => getReceiptWish(code, signal), [code, language]);
  const [wrong, setWrong] = useState('');
  const [said, setSaid] = useState('');
  if (loaded.state !== 'ready') return null;
  const { offered, reachable, sms } = loaded.data;
  if (!sms && !(offered && reachable)) return null;
  const choose = (wanted: boolean): void => {
    setWrong('');
    show({ ...loaded.data, sms: wanted });
    chooseReceiptWish(code, wanted).then(
      (next) => {
        show(next);
        setSaid(t(next.sms ? 'notify.isOn' : 'notify.isOff'));
      },
      (problem) => {
        show(loaded.data);
        setSaid('');
        setWrong(why(problem));
      },
    );
  };
  return (
    <section>
      <h2>{t('notify.title')}</h2>
      <Tick label={t('notify.sms')} hint={t(offered ? 'notify.hint' : 'notify.channelOff')} checked={sms} onChange={choose} />
      <p role="status">{said}</p>
      {wrong ? (
        <p class="notice bad" role="alert">
          {wrong}
        </p>
      ) : null}
    </section>
  );
};
