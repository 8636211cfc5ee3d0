import type { Procedure } from '@tongxin/domain/procedure/schema.ts';
import type { Finding } from '@tongxin/domain/soundness/schema.ts';
import { useEffect, useRef, useState } from 'react';
import type { Answered, Asked } from './check.ts';

/** How long somebody must pause before what they wrote is checked. */
const PAUSE_MS = 250;

export type Soundness =
  | { readonly state: 'checking'; readonly findings: readonly Finding[] }
  | { readonly state: 'checked'; readonly findings: readonly Finding[] }
  | { readonly state: 'failed'; readonly findings: readonly Finding[] };

/** What the check finds in a definition, kept up with it as it changes; the last findings stay while new ones are looked for. */
export const useSoundness = (definition: Procedure | undefined): Soundness => {
  const [soundness, setSoundness] = useState<Soundness>({ state: 'checking', findings: [] });
  const asked = useRef(0);
  const worker = useRef<Worker>(undefined);
  useEffect(() => {
    const checker = new Worker(new URL('./check.ts', import.meta.url), { type: 'module' });
    checker.onmessage = ({ data }: MessageEvent<Answered>) => {
      if (data.n === asked.current) setSoundness({ state: 'checked', findings: data.findings });
    };
    checker.onerror = () => setSoundness({ state: 'failed', findings: [] });
    worker.current = checker;
    return () => checker.terminate();
  }, []);
  useEffect(() => {
    if (!definition) return;
    asked.current += 1;
    const question: Asked = { n: asked.current, definition };
    setSoundness(({ findings }) => ({ state: 'checking', findings }));
    const timer = setTimeout(() => worker.current?.postMessage(question), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [definition]);
  return soundness;
};
