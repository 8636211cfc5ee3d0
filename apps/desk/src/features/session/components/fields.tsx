import { Input } from 'antd';
import { FormField } from '../../../lib/form/form-field.tsx';

interface FieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A labelled password. */
export const SecretField = ({
  id,
  label,
  hint,
  value,
  onChange,
  autoComplete,
}: FieldProps & { readonly autoComplete: 'current-password' | 'new-password' }) => (
  <FormField id={id} label={label} hint={hint}>
    {(tied) => (
      <Input.Password
        {...tied}
        autoComplete={autoComplete}
        maxLength={128}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    )}
  </FormField>
);

/** The six digits an authenticator shows. */
export const CodeField = ({ id, label, hint, value, onChange, autoFocus = false }: FieldProps & { readonly autoFocus?: boolean }) => (
  <FormField id={id} label={label} hint={hint}>
    {(tied) => (
      <Input
        {...tied}
        autoFocus={autoFocus}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={8}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    )}
  </FormField>
);
