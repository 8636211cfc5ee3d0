import { Alert } from 'antd';
import { useWords } from './i18n/i18n.tsx';

/** What went wrong with a step of a form, if anything did: said where it was taken, and read out. */
export const Wrong = ({ problem }: { problem: unknown }) => {
  const { why } = useWords();
  return problem ? <Alert role="alert" type="error" showIcon className="field" title={why(problem)} /> : null;
};
