import { useQuery } from '@tanstack/react-query';
import { USUAL_PROCEDURE } from '@tongxin/domain/exchange/template/schema.ts';
import { Select } from 'antd';
import { proceduresQuery } from '../../../lib/directory.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';
import { mayDo, meQuery } from '../../../lib/me.ts';

interface Props {
  readonly id?: string;
  readonly label?: string;
  readonly value: string | undefined;
  /** Figures of what is confided are offered to whoever counts it by law, a list of it to nobody. */
  readonly figures?: boolean;
  readonly put: (procedureId: string) => void;
}

/** Whose figures or cases are meant: hotline orders unless something else is chosen. */
export const ProcedureSelect = ({ id, label, value = USUAL_PROCEDURE, figures = false, put }: Props) => {
  const { l } = useWords();
  const { data: me } = useQuery(meQuery);
  const { data: procedures = [] } = useQuery(proceduresQuery);
  const counts = figures && mayDo(me, 'mediation.count');
  return (
    <Select
      {...(id ? { id } : {})}
      {...(label ? { 'aria-label': label } : {})}
      style={{ width: 220 }}
      value={value}
      onChange={put}
      options={procedures
        .filter((one) => !one.confided || counts || one.id === value)
        .map((one) => ({ value: one.id, label: l(one.title) }))}
    />
  );
};
