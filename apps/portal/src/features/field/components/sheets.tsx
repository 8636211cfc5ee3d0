import type { SheetRow } from '@tongxin/domain/visit/sheet/schema.ts';
import { useState } from 'preact/hooks';
import { fieldApi } from '../../../lib/field/device.ts';
import { useFieldWords } from '../../../lib/field/words/use-words.ts';
import { LoadState, useLoad } from '../../../lib/load.tsx';

/** Each department's own sheet of one visit, filled by the server from what was entered once. */
export const Sheets = ({ visitId }: { visitId: string }) => {
  const { f, l, why } = useFieldWords();
  const { loaded, reload } = useLoad(() => fieldApi.sheets(visitId), [visitId]);
  const [wrong, setWrong] = useState<string>();
  const save = async (sheet: SheetRow): Promise<void> => {
    setWrong(undefined);
    try {
      const address = URL.createObjectURL(await fieldApi.fillSheet(visitId, sheet.id));
      const link = document.createElement('a');
      link.href = address;
      link.download = `${l(sheet.name)}.xlsx`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    } catch (problem) {
      setWrong(why(problem));
    }
  };
  return (
    <section>
      <h2>{f('sheets.title')}</h2>
      <p class="hint">{f('sheets.hint')}</p>
      <LoadState loaded={loaded} again={reload} />
      {loaded.state === 'ready' && loaded.data.length === 0 ? <p>{f('sheets.none')}</p> : null}
      {loaded.state === 'ready'
        ? loaded.data.map((sheet) => (
            <button key={sheet.id} type="button" class="wide way-button" onClick={() => void save(sheet)}>
              {f('sheets.save', { name: l(sheet.name) })}
            </button>
          ))
        : null}
      {wrong ? (
        <p class="wrong" role="alert">
          {wrong}
        </p>
      ) : null}
    </section>
  );
};
