import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useWords } from '../i18n/i18n.tsx';

interface FilePickProps {
  /** Its label stands outside and names it. */
  readonly id: string;
  readonly accept: string;
  readonly describedBy?: string | undefined;
  readonly disabled?: boolean;
  readonly onPick: (file: File | undefined) => void;
}

/** One file from the computer, in the desk's own words: the browser's are in the language of the browser. */
export const FilePick = ({ id, accept, describedBy, disabled = false, onPick }: FilePickProps) => {
  const { t } = useWords();
  const input = useRef<HTMLInputElement>(null);
  const [name, setName] = useState<string>();
  const pick = (file: File | undefined): void => {
    setName(file?.name);
    // The same file, mended, may be chosen again.
    if (input.current) input.current.value = '';
    onPick(file);
  };
  return (
    <div className="row">
      <input
        ref={input}
        id={id}
        type="file"
        hidden
        accept={accept}
        disabled={disabled}
        onChange={({ target }) => pick(target.files?.[0])}
      />
      <Button disabled={disabled} aria-describedby={describedBy} onClick={() => input.current?.click()}>
        {t('form.chooseFile')}
      </Button>
      <span className="quiet" data-foreign>
        {name}
      </span>
    </div>
  );
};
