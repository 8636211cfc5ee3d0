import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { TemplateDetail } from '@tongxin/client/exchange.ts';
import { keys } from '@tongxin/client/keys.ts';
import { isFigure } from '@tongxin/domain/exchange/template/rules.ts';
import { CELL_VALUES, type CellValue, type TemplateMap } from '@tongxin/domain/exchange/template/schema.ts';
import { Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { Failed, Loaded } from '../../../lib/load-state.tsx';
import { mayDo, meQuery } from '../../../lib/me.ts';
import { saveTemplate } from '../mutations.ts';
import { templateQuery } from '../queries.ts';
import { ProcedureSelect } from './procedure-select.tsx';
import { ListBlock, RowsBlock } from './template-blocks.tsx';
import { TemplateGrid } from './template-grid.tsx';

const Cells = ({ cells, put }: { cells: TemplateMap['cells']; put: (cells: TemplateMap['cells']) => void }) => {
  const { t } = useWords('exchange');
  const change = (at: number, part: Partial<TemplateMap['cells'][number]>): void =>
    put(cells.map((one, i) => (i === at ? { ...one, ...part } : one)));
  return (
    <fieldset className="field">
      <legend>{t('exchange.cells')}</legend>
      <p className="quiet">{t('exchange.cellsHint')}</p>
      <ul className="cards">
        {cells.map(({ cell, value, append, procedureId }, i) => (
          <li key={cell} className="row">
            <strong>{cell}</strong>
            <Select
              aria-label={t('exchange.cellValue', { cell })}
              value={value}
              style={{ width: 220 }}
              onChange={(chosen: CellValue) => change(i, { value: chosen })}
              options={CELL_VALUES.map((one) => ({ value: one, label: t(`exchange.value.${one}`) }))}
            />
            {isFigure(value) ? (
              <ProcedureSelect
                figures
                label={t('exchange.cellOf', { cell })}
                value={procedureId}
                put={(chosen) => change(i, { procedureId: chosen })}
              />
            ) : null}
            <Checkbox checked={append ?? false} onChange={(event) => change(i, { append: event.target.checked })}>
              {t('exchange.append')}
            </Checkbox>
            <Button size="small" aria-label={t('exchange.removeCell', { cell })} onClick={() => put(cells.filter((_, j) => j !== i))}>
              ✕
            </Button>
          </li>
        ))}
      </ul>
    </fieldset>
  );
};

const Reading = ({ form, close }: { form: TemplateDetail; close: () => void }) => {
  const { t } = useWords('exchange');
  const client = useQueryClient();
  const counts = mayDo(useQuery(meQuery).data, 'mediation.count');
  const [name, setName] = useState(form.name);
  const [map, setMap] = useState(form.map);
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const grid = form.grids.find(({ sheet }) => sheet === map.sheet) ?? form.grids[0];
  const add = (cell: string): void => {
    if (!map.cells.some((one) => one.cell === cell)) setMap({ ...map, cells: [...map.cells, { cell, value: 'filed' }] });
  };
  const save = async (): Promise<void> => {
    setProblem(undefined);
    setBusy(true);
    try {
      const saved = await saveTemplate(form.id, { version: form.version, name: name.trim(), map });
      client.setQueryData(keys.template(form.id), saved);
      await client.invalidateQueries({ queryKey: keys.templates, exact: true });
      close();
    } catch (refused) {
      setProblem(refused);
    }
    setBusy(false);
  };
  return (
    <section aria-labelledby="reading" className="card">
      <h2 id="reading">{t('exchange.reading')}</h2>
      <div className="field">
        <label htmlFor="form-name">{t('exchange.formName')}</label>
        <Input id="form-name" maxLength={120} value={name} onChange={(event) => setName(event.target.value)} />
      </div>
      {form.grids.length > 1 ? (
        <div className="field">
          <label htmlFor="form-sheet">{t('exchange.sheet')}</label>
          <Select
            id="form-sheet"
            value={map.sheet}
            onChange={(sheet: string) => setMap({ sheet, cells: [] })}
            options={form.grids.map(({ sheet }) => ({ value: sheet, label: sheet }))}
          />
        </div>
      ) : null}
      {grid ? <TemplateGrid grid={grid} map={map} onCell={add} /> : null}
      <Cells cells={map.cells} put={(cells) => setMap({ ...map, cells })} />
      {counts ? <p className="quiet">{t('exchange.confidedHint')}</p> : null}
      <RowsBlock map={map} put={setMap} />
      <ListBlock map={map} put={setMap} />
      {problem ? <Failed problem={problem} /> : null}
      <div className="row">
        <Button type="primary" loading={busy} disabled={!name.trim()} onClick={() => void save()}>
          {t('exchange.save')}
        </Button>
        <Button onClick={close}>{t('exchange.close')}</Button>
      </div>
    </section>
  );
};

/** Says where what goes on a form; what was guessed stands there already. */
export const TemplateReading = ({ id, close }: { id: string; close: () => void }) => {
  const query = useQuery(templateQuery(id));
  return <Loaded query={query}>{(form) => <Reading key={`${form.id}-${form.version}`} form={form} close={close} />}</Loaded>;
};
