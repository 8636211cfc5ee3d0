import type { UploadFile } from '@tongxin/client/upload.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { useEffect, useRef, useState } from 'preact/hooks';

interface Recognition {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  onresult: ((event: { results: ArrayLike<ArrayLike<{ transcript: string }> & { isFinal: boolean }>; resultIndex: number }) => void) | null;
  onend: (() => void) | null;
  onerror: (() => void) | null;
  start(): void;
  stop(): void;
}
type Made = new () => Recognition;

const recognitionOf = (): Made | undefined => {
  const here = globalThis as unknown as { SpeechRecognition?: Made; webkitSpeechRecognition?: Made };
  return here.SpeechRecognition ?? here.webkitSpeechRecognition;
};

/** Typing by voice where the browser offers it; `start` is absent where it does not. */
export const useDictation = (language: 'zh' | 'en', heard: (words: string) => void) => {
  const [listening, setListening] = useState(false);
  const now = useRef<Recognition | undefined>(undefined);
  const tell = useRef(heard);
  tell.current = heard;
  useEffect(() => () => now.current?.stop(), []);
  const Recogniser = recognitionOf();
  const start = (): void => {
    if (!Recogniser) return;
    const recognition = new Recogniser();
    recognition.lang = language === 'zh' ? 'zh-CN' : 'en-GB';
    recognition.continuous = true;
    recognition.interimResults = false;
    recognition.onresult = ({ results, resultIndex }) => {
      for (let i = resultIndex; i < results.length; i++) if (results[i]!.isFinal) tell.current(results[i]![0]!.transcript);
    };
    recognition.onend = () => setListening(false);
    recognition.onerror = () => setListening(false);
    recognition.start();
    now.current = recognition;
    setListening(true);
  };
  return { listening, ...(Recogniser ? { start } : {}), stop: () => now.current?.stop() };
};

/** Recording sound; `start` is absent where the browser cannot. */
export const useRecorder = (made: (sound: UploadFile) => void, failed: () => void) => {
  const [recording, setRecording] = useState(false);
  const recorder = useRef<MediaRecorder | undefined>(undefined);
  useEffect(() => () => recorder.current?.stop(), []);
  const can = typeof MediaRecorder !== 'undefined' && Boolean(navigator.mediaDevices?.getUserMedia);
  const start = async (): Promise<void> => {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const pieces: Blob[] = [];
      const one = new MediaRecorder(stream);
      one.ondataavailable = ({ data }) => void pieces.push(data);
      one.onstop = () => {
        for (const track of stream.getTracks()) track.stop();
        setRecording(false);
        recorder.current = undefined;
        const type = one.mimeType.split(';', 1)[0] || 'audio/webm';
        if (pieces.some(({ size }) => size > 0))
          made({ fileId: uuidv7(), kind: 'sound', name: `voice.${type.split('/')[1]}`, blob: new Blob(pieces, { type }) });
      };
      one.start();
      recorder.current = one;
      setRecording(true);
    } catch {
      failed();
    }
  };
  return { recording, ...(can ? { start } : {}), stop: () => recorder.current?.stop() };
};
