import { COLUMNS, type Column } from '@tongxin/domain/inbox/schema.ts';
import { Button, Checkbox, Popover } from 'antd';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { FIRST_COLUMNS, inOrder } from '../../../lib/inbox/columns.ts';

interface ColumnsProps {
  readonly columns: readonly Column[];
  readonly onChange: (columns: readonly Column[]) => void;
}

/** Which columns the list shows. */
export const InboxColumns = ({ columns, onChange }: ColumnsProps) => {
  const { t } = useWords();
  const content = (
    <fieldset className="field">
      <legend>{t('inbox.columns')}</legend>
      {COLUMNS.map((column) => (
        <div key={column}>
          <Checkbox
            checked={columns.includes(column)}
            disabled={column === 'title'}
            onChange={(event) => onChange(inOrder(event.target.checked ? [...columns, column] : columns.filter((one) => one !== column)))}
          >
            {t(`inbox.column.${column}`)}
          </Checkbox>
        </div>
      ))}
      <Button size="small" onClick={() => onChange([...FIRST_COLUMNS])}>
        {t('inbox.firstColumns')}
      </Button>
    </fieldset>
  );
  return (
    <Popover trigger="click" placement="bottomRight" content={content}>
      <Button size="small" aria-haspopup="dialog">
        {t('inbox.columns')}
      </Button>
    </Popover>
  );
};
