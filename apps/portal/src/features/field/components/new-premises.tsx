import type { Point } from '@tongxin/domain/case/schema.ts';
import { PREMISES_KINDS, type PremisesKind, type PremisesView } from '@tongxin/domain/premises/schema.ts';
import { useState } from 'preact/hooks';
import { go, Link } from '../../../app/router.tsx';
import { beginRecord } from '../../../lib/field/records.ts';
import { useFieldWords } from '../../../lib/field/words/use-words.ts';
import { FormField } from '../../../lib/form/field.tsx';
import { formsFor } from '../queries.ts';
import type { Ground } from './inside.tsx';
import { PlaceField } from './place-field.tsx';

const SHOWN = 5;
const near = (typed: string, kept: string): boolean => typed.length > 1 && kept !== '' && (kept.includes(typed) || typed.includes(kept));

/** One that the register does not have: written down where it was found, with or without signal. What looks like it is shown first. */
export const NewPremises = ({ ground, known }: { ground: Ground; known: readonly PremisesView[] }) => {
  const { f } = useFieldWords();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [address, setAddress] = useState('');
  const [kind, setKind] = useState<PremisesKind>();
  const [point, setPoint] = useState<Point>();
  const [wrong, setWrong] = useState(false);
  const [form] = formsFor(ground.bundle, 'premises');
  if (!form) return null;
  if (!open)
    return (
      <button type="button" class="wide way-button" onClick={() => setOpen(true)}>
        {f('premises.new')}
      </button>
    );
  const [words, at] = [name.trim(), address.trim()];
  const alike = known.filter((one) => near(words, one.name) || near(at, one.address)).slice(0, SHOWN);
  const begin = async (): Promise<void> => {
    if (!words || !kind || (!at && !point)) return setWrong(true);
    // A place says the grid better than whatever was taken along.
    const where = point ? { point } : ground.bundle ? { areaId: ground.bundle.area.id } : {};
    go(
      `/field/premises/${await beginRecord(form, 'premises', words, { premisesKind: kind, name: words, ...(at ? { address: at } : {}), ...where }, {})}`,
    );
  };
  return (
    <form
      class="notice"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void begin();
      }}
    >
      <h2>{f('premises.new')}</h2>
      <FormField id="new-name" label={f('premises.name')} {...(wrong && !words ? { wrong: f('premises.missing') } : {})}>
        {(tied) => <input {...tied} type="text" maxLength={120} value={name} onInput={(event) => setName(event.currentTarget.value)} />}
      </FormField>
      <FormField id="new-kind" label={f('premises.kind')} {...(wrong && !kind ? { wrong: f('premises.missing') } : {})}>
        {(tied) => (
          <select
            {...tied}
            value={kind ?? ''}
            onChange={(event) => setKind(PREMISES_KINDS.find((one) => one === event.currentTarget.value))}
          >
            <option value="">{f('request.pick')}</option>
            {PREMISES_KINDS.map((one) => (
              <option key={one} value={one}>
                {f(`premisesKind.${one}`)}
              </option>
            ))}
          </select>
        )}
      </FormField>
      <FormField id="new-address" label={f('premises.address')} {...(wrong && !at && !point ? { wrong: f('premises.whereMissing') } : {})}>
        {(tied) => (
          <input {...tied} type="text" maxLength={400} value={address} onInput={(event) => setAddress(event.currentTarget.value)} />
        )}
      </FormField>
      <PlaceField label={f('premises.place')} value={point ?? null} onChange={(found) => setPoint(found ?? undefined)} />
      {alike.length > 0 ? (
        <section>
          <h3>{f('premises.alike')}</h3>
          <ul class="list">
            {alike.map((one) => (
              <li key={one.id}>
                <Link to={`/field/premises/${one.id}`} class="line">
                  <strong>{one.name}</strong>
                  <span class="small">
                    {f(`premisesKind.${one.kind}`)} · {one.address}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <div class="row">
        <button type="submit" class="primary">
          {f('premises.begin')}
        </button>
        <button type="button" onClick={() => setOpen(false)}>
          {f('visits.notNow')}
        </button>
      </div>
    </form>
  );
};
