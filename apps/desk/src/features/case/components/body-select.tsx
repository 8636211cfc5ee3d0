import { useQuery } from '@tanstack/react-query';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import { Select } from 'antd';
import { organizationsQuery } from '../../../lib/directory.ts';
import { useWords } from '../../../lib/i18n/i18n.tsx';

interface BodySelectProps {
  readonly id: string;
  readonly status?: 'error';
  readonly value?: string;
  readonly suggested: CaseView['suggested'];
  readonly onChange: (id: string | undefined) => void;
}

/** Bodies, those a duty list names first and with the clause that names them. */
export const BodySelect = ({ id, status, value, suggested, onChange }: BodySelectProps) => {
  const { t, l } = useWords();
  const { data: all = [], isLoading } = useQuery(organizationsQuery);
  const first = new Set(suggested.map(({ organizationId }) => organizationId));
  const named = suggested.map((one) => ({
    value: one.organizationId,
    label: one.clause ? t('form.namedBody', { body: l(one.label), clause: one.clause }) : t('form.suggestedBody', { body: l(one.label) }),
  }));
  const others = all.filter((one) => !first.has(one.id) && one.kind !== 'service').map((one) => ({ value: one.id, label: l(one.name) }));
  return (
    <Select
      id={id}
      status={status}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      loading={isLoading}
      placeholder={t('form.pick')}
      value={value}
      onChange={(chosen?: string) => onChange(chosen)}
      options={[...named, ...others]}
    />
  );
};
