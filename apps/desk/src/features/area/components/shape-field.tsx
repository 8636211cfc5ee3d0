import { readPositions, writePositions } from '@tongxin/domain/area/import/rules.ts';
import { Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { EMPTY, type Pen, type Sketch } from '../../../lib/map/drawing.ts';

interface ShapeFieldProps {
  readonly pen: Pen;
  readonly sketch: Sketch;
  readonly onSketch: (sketch: Sketch) => void;
}

/** A boundary or line as text, beside the map and always the same as on it: for keyboards, and for who has the coordinates on paper. */
export const ShapeField = ({ pen, sketch, onSketch }: ShapeFieldProps) => {
  const { t } = useWords('area');
  const [text, setText] = useState(() => writePositions(sketch.positions));
  const [wrong, setWrong] = useState(false);
  useEffect(() => {
    if (sketch.by === 'map' || sketch.positions.length === 0) {
      setText(writePositions(sketch.positions));
      setWrong(false);
    }
  }, [sketch]);
  const write = (next: string): void => {
    setText(next);
    const positions = readPositions(next);
    setWrong(positions === undefined);
    if (positions) onSketch({ positions, by: 'text' });
  };
  return (
    <>
      <FormField
        id="shape"
        label={t(pen === 'polygon' ? 'areas.boundary' : 'areas.line')}
        hint={t(pen === 'polygon' ? 'areas.boundaryHint' : 'areas.lineHint')}
        {...(wrong ? { wrong: t('areas.shapeWrong') } : {})}
      >
        {(tied) => <Input.TextArea {...tied} rows={5} value={text} onChange={({ target }) => write(target.value)} spellCheck={false} />}
      </FormField>
      <p>
        <Button size="small" disabled={text === ''} onClick={() => onSketch(EMPTY)}>
          {t('areas.drawAgain')}
        </Button>
      </p>
    </>
  );
};
