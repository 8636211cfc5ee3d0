import type { UploadFile } from '@tongxin/client/upload.ts';
import { formatInstant } from '@tongxin/ui/time.ts';
import { useState } from 'preact/hooks';
import { markedPicture } from '../../../lib/field/marked-picture.ts';
import { useFieldWords } from '../../../lib/field/words/use-words.ts';
import { PhotoField } from '../../../lib/form/photo-field.tsx';

/** A picture with when it was taken. */
export interface Shot {
  readonly file: UploadFile;
  readonly at: string;
}
export interface Shots {
  readonly before: readonly Shot[];
  readonly after: readonly Shot[];
}
export const NO_SHOTS: Shots = { before: [], after: [] };

/** Pictures from before and after, each with the time it was taken. */
export const ProofField = ({ shots, onChange }: { shots: Shots; onChange: (shots: Shots) => void }) => {
  const { f } = useFieldWords();
  const field = (which: keyof Shots) => (
    <PhotoField
      legend={f(which === 'before' ? 'proof.before' : 'proof.after')}
      photos={shots[which].map(({ file }) => file)}
      onChange={(files) =>
        onChange({
          ...shots,
          [which]: files.map((file) => shots[which].find((shot) => shot.file === file) ?? { file, at: new Date().toISOString() }),
        })
      }
    />
  );
  return (
    <>
      {field('before')}
      {field('after')}
    </>
  );
};

/** What is sent of them: every picture as it was taken, and one sheet with both, time, place and unit beneath. */
export const useProof = () => {
  const { f, language } = useFieldWords();
  const [failed, setFailed] = useState(false);
  const filesOf = async ({ before, after }: Shots, place: string, unit: string): Promise<UploadFile[]> => {
    const originals = [...before, ...after].map(({ file }) => file);
    const pane = (shot: Shot | undefined, title: string) =>
      shot
        ? [
            {
              picture: shot.file.blob,
              title,
              lines: [f('proof.at', { at: formatInstant(shot.at, language) }), ...(place ? [f('proof.place', { place })] : [])],
            },
          ]
        : [];
    const panes = [...pane(before[0], f('proof.before')), ...pane(after[0], f('proof.after'))];
    if (panes.length === 0) return originals;
    try {
      return [await markedPicture(panes, unit), ...originals];
    } catch {
      // A phone that cannot draw it still sends what was photographed.
      setFailed(true);
      return originals;
    }
  };
  return { filesOf, failed };
};
