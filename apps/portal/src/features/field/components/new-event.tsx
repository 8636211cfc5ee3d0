import type { UploadFile } from '@tongxin/client/upload.ts';
import type { Label } from '@tongxin/domain/label/schema.ts';
import { dangerIn } from '@tongxin/ui/danger.ts';
import { useEffect, useState } from 'preact/hooks';
import { go } from '../../../app/router.tsx';
import { fieldApi } from '../../../lib/field/device.ts';
import { hereNow } from '../../../lib/field/here.ts';
import { useFieldWords } from '../../../lib/field/words/use-words.ts';
import { FormField } from '../../../lib/form/field.tsx';
import { PhotoField } from '../../../lib/form/photo-field.tsx';
import { fileEvent, type Outcome } from '../mutations.ts';
import { type Ground, Inside } from './inside.tsx';
import { OutcomeField } from './outcome.tsx';
import { NO_SHOTS, type Shots, useProof } from './proof.tsx';
import { SpokenField } from './spoken-field.tsx';

const Event = ({ bundle, me }: Ground) => {
  const { f, l, t } = useFieldWords();
  const [text, setText] = useState('');
  const [category, setCategory] = useState('');
  const [categories, setCategories] = useState<readonly { readonly id: string; readonly label: Label }[]>(bundle?.categories ?? []);
  const [photos, setPhotos] = useState<readonly UploadFile[]>([]);
  const [sounds, setSounds] = useState<readonly UploadFile[]>([]);
  const [address, setAddress] = useState('');
  const [point, setPoint] = useState<{ lon: number; lat: number }>();
  const [outcome, setOutcome] = useState<Outcome>('report');
  const [words, setWords] = useState('');
  const [shots, setShots] = useState<Shots>(NO_SHOTS);
  const [wrong, setWrong] = useState<'text' | 'words' | 'proof'>();
  const [busy, setBusy] = useState(false);
  const { filesOf } = useProof();
  useEffect(() => {
    // The whole list where there is one; without a network, what was taken along.
    void fieldApi.listCategories().then(
      (all) => setCategories(all.filter(({ parentId }) => parentId).map(({ id, name }) => ({ id, label: name }))),
      () => undefined,
    );
    void hereNow().then(setPoint, () => undefined);
  }, []);

  const send = async (): Promise<void> => {
    if (!text.trim()) return setWrong('text');
    if (outcome !== 'report' && !words.trim()) return setWrong('words');
    if (outcome === 'settled' && shots.before.length + shots.after.length === 0) return setWrong('proof');
    setBusy(true);
    const unit = [me.posts[0] && l(me.posts[0].organization), me.posts[0] && l(me.posts[0].title)].filter(Boolean).join(' · ');
    const proof = outcome === 'settled' ? await filesOf(shots, address.trim() || (bundle ? l(bundle.area.label) : ''), unit) : [];
    await fileEvent(
      {
        text: text.trim(),
        ...(category ? { categoryId: category } : {}),
        ...(point ? { point } : bundle ? { areaId: bundle.area.id } : {}),
        ...(address.trim() ? { address: address.trim() } : {}),
        occurredAt: new Date().toISOString(),
      },
      [...photos, ...sounds],
      { outcome, words: words.trim(), files: proof },
    );
    go('/field/outbox');
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <SpokenField
        id="text"
        label={f('event.text')}
        value={text}
        onChange={setText}
        onSound={(sound) => setSounds([...sounds, sound])}
        wrong={wrong === 'text' ? f('event.textMissing') : undefined}
      />
      {sounds.length ? <p class="small">{f('event.sounds', { n: sounds.length })}</p> : null}
      {dangerIn(text).length > 0 ? (
        <div class="notice bad danger" role="alert">
          <h3>{t('danger.title')}</h3>
          {dangerIn(text).map((number) => (
            <a key={number} class="button" href={`tel:${number}`}>
              {number}
            </a>
          ))}
        </div>
      ) : null}
      <PhotoField legend={f('event.photos')} photos={photos} onChange={setPhotos} />
      <FormField id="category" label={f('event.category')}>
        {(tied) => (
          <select {...tied} value={category} onChange={(event) => setCategory(event.currentTarget.value)}>
            <option value="">{t('report.unsure')}</option>
            {categories.map(({ id, label }) => (
              <option key={id} value={id}>
                {l(label)}
              </option>
            ))}
          </select>
        )}
      </FormField>
      <FormField id="address" label={f('event.address')} hint={f(point ? 'event.located' : 'event.notLocated')}>
        {(tied) => (
          <input {...tied} type="text" maxLength={400} value={address} onInput={(event) => setAddress(event.currentTarget.value)} />
        )}
      </FormField>
      <OutcomeField
        outcome={outcome}
        words={words}
        shots={shots}
        wrong={wrong === 'words' || wrong === 'proof' ? wrong : undefined}
        onOutcome={setOutcome}
        onWords={setWords}
        onShots={setShots}
      />
      <button type="submit" class="primary wide" disabled={busy}>
        {f('event.send')}
      </button>
    </form>
  );
};

export const NewEventPage = () => {
  const { f } = useFieldWords();
  return <Inside title={f('event.title')}>{(ground) => <Event {...ground} />}</Inside>;
};
