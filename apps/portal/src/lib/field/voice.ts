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

/** Typing by voice where the browser offers it; `start` is absent where it does not. `failed`: it offered it and did not hear. */
export const useDictation = (language: 'zh' | 'en', heard: (words: string) => void) => {
  const [listening, setListening] = useState(false);
  const [failed, setFailed] = useState(false);
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
    recognition.onerror = () => {
      setListening(false);
      setFailed(true);
    };
    setFailed(false);
    recognition.start();
    now.current = recognition;
    setListening(true);
  };
  return { listening, failed, ...(Recogniser ? { start } : {}), stop: () => now.current?.stop() };
};
