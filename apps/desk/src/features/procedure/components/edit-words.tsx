import type { Label } from '@tongxin/domain/label/schema.ts';
import { Input } from 'antd';
import { FormField } from '../../../lib/form/form-field.tsx';

interface EditWordsProps {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly value: Label | undefined;
  /** Undefined when both were emptied, where that is allowed. */
  readonly onChange: (label: Label | undefined) => void;
  readonly mayBeEmpty?: boolean;
}

/** Words in Chinese, and in English where there are some. */
export const EditWords = ({ id, zh, en, value, onChange, mayBeEmpty = false }: EditWordsProps) => {
  const set = (words: { zh: string; en: string }): void =>
    onChange(mayBeEmpty && !words.zh && !words.en ? undefined : { zh: words.zh, ...(words.en ? { en: words.en } : {}) });
  const now = { zh: value?.zh ?? '', en: value?.en ?? '' };
  return (
    <div className="pair">
      <FormField id={`${id}-zh`} label={zh}>
        {(tied) => (
          <Input {...tied} lang="zh-CN" maxLength={400} value={now.zh} onChange={(event) => set({ ...now, zh: event.target.value })} />
        )}
      </FormField>
      <FormField id={`${id}-en`} label={en}>
        {(tied) => (
          <Input {...tied} lang="en" maxLength={800} value={now.en} onChange={(event) => set({ ...now, en: event.target.value })} />
        )}
      </FormField>
    </div>
  );
};
