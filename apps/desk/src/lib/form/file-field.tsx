import { kindOf, type UploadFile } from '@tongxin/client/upload.ts';
import { uuidv7 } from '@tongxin/client/uuidv7.ts';
import { Button } from 'antd';
import { useRef } from 'react';
import { useWords } from '../i18n/i18n.tsx';

interface FileFieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly files: readonly UploadFile[];
  readonly onChange: (files: readonly UploadFile[]) => void;
}

/** Attachments chosen from the computer, with a way to take each back. */
export const FileField = ({ id, label, hint, files, onChange }: FileFieldProps) => {
  const { t } = useWords();
  const input = useRef<HTMLInputElement>(null);
  const add = (chosen: FileList | null): void => {
    const added = [...(chosen ?? [])].map((blob) => ({ fileId: uuidv7(), kind: kindOf(blob.type), name: blob.name, blob }));
    if (input.current) input.current.value = '';
    if (added.length) onChange([...files, ...added]);
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint ? (
        <div className="quiet" id={`${id}-hint`}>
          {hint}
        </div>
      ) : null}
      <input
        ref={input}
        id={id}
        type="file"
        hidden
        multiple
        accept="image/*,application/pdf,audio/*,.doc,.docx,.xlsx"
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => add(event.target.files)}
      />
      <Button onClick={() => input.current?.click()}>{t('form.addFiles')}</Button>
      {files.length ? (
        <ul className="cards">
          {files.map((file) => (
            <li key={file.fileId} className="row">
              <span>
                {t(`form.kind.${file.kind}`)} · {file.name}
              </span>
              <Button
                size="small"
                aria-label={t('form.removeFile', { name: file.name })}
                onClick={() => onChange(files.filter((other) => other !== file))}
              >
                ✕
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
};
