import { Input } from 'antd';

/** A labelled password. */
export const SecretField = (props: {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly autoComplete: 'current-password' | 'new-password';
  readonly value: string;
  readonly onChange: (value: string) => void;
}) => (
  <div className="field">
    <label htmlFor={props.id}>{props.label}</label>
    {props.hint ? (
      <p className="quiet" id={`${props.id}-hint`}>
        {props.hint}
      </p>
    ) : null}
    <Input.Password
      id={props.id}
      {...(props.hint ? { 'aria-describedby': `${props.id}-hint` } : {})}
      autoComplete={props.autoComplete}
      maxLength={128}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
    />
  </div>
);
