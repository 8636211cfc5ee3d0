import type { UploadFile } from '@tongxin/client/upload.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useFieldWords } from '../../../lib/field/words/use-words.ts';
import { preparePhoto } from '../../../lib/photo.ts';

const SIZE = { width: 680, height: 240 };

/** A signature written with a finger, or a picture of one on paper. */
export const SignatureField = ({
  label,
  signed,
  onSign,
}: {
  label: string;
  signed: UploadFile | 'sent' | undefined;
  onSign: (file: UploadFile | undefined) => void;
}) => {
  const { f } = useFieldWords();
  const canvas = useRef<HTMLCanvasElement>(null);
  const last = useRef<{ x: number; y: number } | undefined>(undefined);
  const [drawn, setDrawn] = useState(false);
  const shown = useMemo(() => (signed && signed !== 'sent' ? URL.createObjectURL(signed.blob) : undefined), [signed]);
  useEffect(() => () => void (shown && URL.revokeObjectURL(shown)), [shown]);

  const at = (event: PointerEvent): { x: number; y: number } => {
    const box = canvas.current!.getBoundingClientRect();
    return { x: ((event.clientX - box.left) * SIZE.width) / box.width, y: ((event.clientY - box.top) * SIZE.height) / box.height };
  };
  const move = (event: PointerEvent): void => {
    if (!last.current) return;
    const pen = canvas.current!.getContext('2d')!;
    const next = at(event);
    pen.lineWidth = 4;
    pen.lineCap = 'round';
    pen.strokeStyle = '#16211e';
    pen.beginPath();
    pen.moveTo(last.current.x, last.current.y);
    pen.lineTo(next.x, next.y);
    pen.stroke();
    last.current = next;
    setDrawn(true);
  };
  const keep = (): void => {
    canvas.current?.toBlob((blob) => {
      if (blob) onSign({ fileId: uuidv7(), kind: 'photo', name: 'signature.png', blob });
    }, 'image/png');
  };
  return (
    <fieldset>
      <legend>{label}</legend>
      {signed ? (
        <>
          {shown ? <img class="signature" src={shown} alt={f('signature.shown')} /> : <p>{f('signature.sent')}</p>}
          <button type="button" onClick={() => onSign(undefined)}>
            {f('signature.again')}
          </button>
        </>
      ) : (
        <>
          <p class="hint">{f('signature.hint')}</p>
          <canvas
            ref={canvas}
            class="signature"
            width={SIZE.width}
            height={SIZE.height}
            aria-label={f('signature.here')}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              last.current = at(event);
            }}
            onPointerMove={move}
            onPointerUp={() => {
              last.current = undefined;
            }}
          />
          <div class="row">
            <button type="button" disabled={!drawn} onClick={keep}>
              {f('signature.keep')}
            </button>
            <label class="button file">
              {f('signature.photo')}
              <input
                type="file"
                accept="image/*"
                onChange={(event) => {
                  const chosen = event.currentTarget.files?.[0];
                  if (chosen) void preparePhoto(chosen).then(onSign, () => undefined);
                  event.currentTarget.value = '';
                }}
              />
            </label>
          </div>
        </>
      )}
    </fieldset>
  );
};
