import { DISPUTE_KINDS, type DisputeKind } from '@tongxin/domain/dispute/kind/schema.ts';
import { Select } from 'antd';
import { FormField } from '../../../lib/form/form-field.tsx';
import { useWords } from '../../../lib/i18n/i18n.tsx';

interface KindsFieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly value: readonly DisputeKind[];
  readonly onChange: (kinds: DisputeKind[]) => void;
}

/** Kinds of quarrel, as many as somebody takes. */
export const KindsField = ({ value, onChange, ...named }: KindsFieldProps) => {
  const { t } = useWords('dispute');
  return (
    <FormField {...named}>
      {(tied) => (
        <Select
          {...tied}
          mode="multiple"
          placeholder={t('form.pick')}
          value={[...value]}
          onChange={(chosen: DisputeKind[]) => onChange(chosen)}
          options={DISPUTE_KINDS.map((kind) => ({ value: kind, label: t(`dispute.kind.${kind}`) }))}
        />
      )}
    </FormField>
  );
};
