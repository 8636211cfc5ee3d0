import type { ReactNode } from 'react';

interface FormFieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly wrong?: string;
  readonly children: (tied: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true; status?: 'error' }) => ReactNode;
}

/** A labelled control with its hint and, when something is wrong, the sentence that says so. */
export const FormField = ({ id, label, hint, wrong, children }: FormFieldProps) => {
  const described = [hint ? `${id}-hint` : '', wrong ? `${id}-wrong` : ''].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint ? (
        <div className="quiet" id={`${id}-hint`}>
          {hint}
        </div>
      ) : null}
      {children({
        id,
        ...(described ? { 'aria-describedby': described } : {}),
        ...(wrong ? { 'aria-invalid': true as const, status: 'error' as const } : {}),
      })}
      {wrong ? (
        <div className="wrong" id={`${id}-wrong`} role="alert">
          {wrong}
        </div>
      ) : null}
    </div>
  );
};
