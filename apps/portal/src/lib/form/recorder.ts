import type { UploadFile } from '@tongxin/client/upload.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { useEffect, useRef, useState } from 'preact/hooks';

/** Two minutes say a lot, and are half a megabyte on a slow network. */
export const LONGEST_S = 120;
const BITS_PER_SECOND = 24_000;
/** The first that the browser writes: WebM nearly everywhere, MP4 on Apple's. */
const TYPES = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];

const canRecord = (): boolean => typeof MediaRecorder !== 'undefined' && Boolean(navigator.mediaDevices?.getUserMedia);

/** Records the voice, two minutes at most. `start` is absent where the browser cannot; `denied`: the phone did not allow it. */
export const useRecorder = (made: (sound: UploadFile) => void) => {
  const [seconds, setSeconds] = useState<number>();
  const [denied, setDenied] = useState(false);
  const end = useRef(() => {});
  const tell = useRef(made);
  tell.current = made;
  // Whoever leaves the page leaves no microphone open.
  useEffect(() => () => end.current(), []);
  const stop = (): void => end.current();
  const start = async (): Promise<void> => {
    setDenied(false);
    let stream: MediaStream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      return setDenied(true);
    }
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    const recording = new MediaRecorder(stream, { audioBitsPerSecond: BITS_PER_SECOND, ...(mimeType ? { mimeType } : {}) });
    const parts: Blob[] = [];
    const began = performance.now();
    const tick = setInterval(() => {
      const passed = Math.floor((performance.now() - began) / 1000);
      setSeconds(passed);
      if (passed >= LONGEST_S) stop();
    }, 250);
    recording.ondataavailable = ({ data }) => void parts.push(data);
    recording.onstop = () => {
      clearInterval(tick);
      for (const track of stream.getTracks()) track.stop();
      setSeconds(undefined);
      const type = recording.mimeType.split(';', 1)[0] || 'audio/webm';
      const blob = new Blob(parts, { type });
      if (blob.size > 0) tell.current({ fileId: uuidv7(), kind: 'sound', name: `voice.${type.includes('mp4') ? 'm4a' : 'webm'}`, blob });
    };
    end.current = () => {
      if (recording.state !== 'inactive') recording.stop();
    };
    recording.start();
    setSeconds(0);
  };
  return { seconds, denied, ...(canRecord() ? { start } : {}), stop };
};
