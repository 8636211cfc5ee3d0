import type { UploadFile } from '@tongxin/client/upload.ts';
import { useEffect, useMemo } from 'preact/hooks';
import { useWords } from '../i18n/i18n.tsx';
import { LONGEST_S, useRecorder } from './recorder.ts';

interface VoiceFieldProps {
  readonly sound: UploadFile | undefined;
  readonly onChange: (sound: UploadFile | undefined) => void;
}

/** Says it instead of writing it. Where a browser cannot record, nothing is offered. */
export const VoiceField = ({ sound, onChange }: VoiceFieldProps) => {
  const { t } = useWords();
  const { seconds, denied, start, stop } = useRecorder(onChange);
  const url = useMemo(() => (sound ? URL.createObjectURL(sound.blob) : undefined), [sound]);
  useEffect(() => () => (url ? URL.revokeObjectURL(url) : undefined), [url]);
  if (!start) return null;
  return (
    <div class="field">
      {seconds !== undefined ? (
        <div class="row">
          <button type="button" class="primary" onClick={stop}>
            {t('voice.stop')}
          </button>
          <span role="timer">{t('voice.recording', { n: seconds, max: LONGEST_S })}</span>
        </div>
      ) : sound ? (
        <div class="row">
          {/* biome-ignore lint/a11y/useMediaCaption: one's own words, just spoken */}
          <audio controls src={url} aria-label={t('voice.own')} />
          <button type="button" onClick={() => onChange(undefined)}>
            {t('voice.remove')}
          </button>
        </div>
      ) : (
        <button type="button" onClick={() => void start()}>
          {t('voice.record')}
        </button>
      )}
      {denied ? (
        <p class="wrong" role="alert">
          {t('voice.denied')}
        </p>
      ) : null}
    </div>
  );
};
