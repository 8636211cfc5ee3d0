import { Select } from 'antd';

export interface SearchSelectProps {
  readonly id?: string;
  readonly status?: 'error';
  readonly value?: string;
  readonly empty: string;
  readonly loading?: boolean;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string | undefined) => void;
  /** Searching is the server's: it is told the words, and what it finds are the options. */
  readonly onSearch?: (words: string) => void;
}

/** One of a list that is found by typing. */
export const SearchSelect = ({ empty, options, onChange, onSearch, ...rest }: SearchSelectProps) => (
  <Select
    {...rest}
    allowClear
    showSearch={onSearch ? { filterOption: false, onSearch } : { optionFilterProp: 'label' }}
    placeholder={empty}
    onChange={(chosen?: string) => onChange(chosen)}
    options={[...options]}
  />
);
