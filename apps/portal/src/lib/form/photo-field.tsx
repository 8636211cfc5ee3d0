import type { UploadFile } from '@tongxin/client/upload.ts';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { useWords } from '../i18n/i18n.tsx';
import { MAX_PHOTOS, preparePhoto } from '../photo.ts';

interface PhotoFieldProps {
  readonly legend: string;
  readonly photos: readonly UploadFile[];
  readonly onChange: (photos: readonly UploadFile[]) => void;
}

/** Photos from the camera or the album, with previews. */
export const PhotoField = ({ legend, photos, onChange }: PhotoFieldProps) => {
  const { t } = useWords();
  const [wrong, setWrong] = useState<string>();
  const previews = useMemo(() => photos.map((photo) => URL.createObjectURL(photo.blob)), [photos]);
  useEffect(
    () => () => {
      for (const url of previews) URL.revokeObjectURL(url);
    },
    [previews],
  );

  const add = async (input: HTMLInputElement): Promise<void> => {
    const chosen = [...(input.files ?? [])];
    input.value = '';
    const room = MAX_PHOTOS - photos.length;
    setWrong(chosen.length > room ? t('report.photoTooMany', { max: MAX_PHOTOS }) : undefined);
    const ready: UploadFile[] = [];
    for (const file of chosen.slice(0, room)) {
      try {
        ready.push(await preparePhoto(file));
      } catch {
        setWrong(t('report.photoUnreadable'));
      }
    }
    if (ready.length) onChange([...photos, ...ready]);
  };

  return (
    <fieldset>
      <legend>{legend}</legend>
      <p class="hint">{t('report.photosHint', { max: MAX_PHOTOS })}</p>
      <div class="row">
        <label class="button file">
          {t('report.takePhoto')}
          <input type="file" accept="image/*" capture="environment" onChange={(event) => void add(event.currentTarget)} />
        </label>
        <label class="button file">
          {t('report.pickPhoto')}
          <input type="file" accept="image/*" multiple onChange={(event) => void add(event.currentTarget)} />
        </label>
      </div>
      {wrong ? (
        <p class="wrong" role="alert">
          {wrong}
        </p>
      ) : null}
      {photos.length ? (
        <ul class="photos">
          {photos.map((photo, i) => (
            <li key={photo.fileId}>
              <img src={previews[i]} alt={t('report.photo', { n: i + 1 })} />
              <button
                type="button"
                aria-label={t('report.removePhoto', { n: i + 1 })}
                onClick={() => onChange(photos.filter((other) => other !== photo))}
              >
                ✕
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </fieldset>
  );
};
