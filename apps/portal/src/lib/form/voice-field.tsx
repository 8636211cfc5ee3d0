import type { UploadFile } from '@tongxin/client/upload.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useWords } from '../i18n/i18n.tsx';

/** Two minutes say a lot, and are half a megabyte on a slow network. */
const LONGEST_S = 120;
const BITS_PER_SECOND = 24_000;
/** The first that the browser writes: WebM nearly everywhere, MP4 on Apple's. */
const TYPES = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];

const canRecord = (): boolean => typeof MediaRecorder !== 'undefined' && Boolean(navigator.mediaDevices?.getUserMedia);

interface VoiceFieldProps {
  readonly sound: UploadFile | undefined;
  readonly onChange: (sound: UploadFile | undefined) => void;
}

/** Says it instead of writing it. Where a browser cannot record, nothing is offered. */
export const VoiceField = ({ sound, onChange }: VoiceFieldProps) => {
  const { t } = useWords();
  const [recorder, setRecorder] = useState<MediaRecorder>();
  const [seconds, setSeconds] = useState(0);
  const [wrong, setWrong] = useState<string>();
  const stop = useRef(() => {});
  const url = useMemo(() => (sound ? URL.createObjectURL(sound.blob) : undefined), [sound]);
  useEffect(() => () => (url ? URL.revokeObjectURL(url) : undefined), [url]);
  // Whoever leaves the page leaves no microphone open.
  useEffect(() => () => stop.current(), []);
  if (!canRecord()) return null;

  const record = async (): Promise<void> => {
    setWrong(undefined);
    let stream: MediaStream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      return setWrong(t('voice.denied'));
    }
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    const recording = new MediaRecorder(stream, { audioBitsPerSecond: BITS_PER_SECOND, ...(mimeType ? { mimeType } : {}) });
    const parts: Blob[] = [];
    const began = performance.now();
    const tick = setInterval(() => {
      const passed = Math.floor((performance.now() - began) / 1000);
      setSeconds(passed);
      if (passed >= LONGEST_S) stop.current();
    }, 250);
    recording.ondataavailable = ({ data }) => void parts.push(data);
    recording.onstop = () => {
      clearInterval(tick);
      for (const track of stream.getTracks()) track.stop();
      setRecorder(undefined);
      const blob = new Blob(parts, { type: recording.mimeType });
      if (blob.size > 0)
        onChange({ fileId: uuidv7(), kind: 'sound', name: `voice.${recording.mimeType.includes('mp4') ? 'm4a' : 'webm'}`, blob });
    };
    stop.current = () => {
      if (recording.state !== 'inactive') recording.stop();
    };
    setSeconds(0);
    recording.start();
    setRecorder(recording);
  };

  return (
    <div class="field">
      {recorder ? (
        <div class="row">
          <button type="button" class="primary" onClick={() => stop.current()}>
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
        <button type="button" onClick={() => void record()}>
          {t('voice.record')}
        </button>
      )}
      {wrong ? (
        <p class="wrong" role="alert">
          {wrong}
        </p>
      ) : null}
    </div>
  );
};
