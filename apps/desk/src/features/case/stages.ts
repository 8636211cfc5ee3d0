import { useQuery } from '@tanstack/react-query';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import { procedureQuery } from '../../lib/stages.ts';

/** Whether joint tasks may be opened where a case stands. A stage that the newest version lacks is left for the server to judge. */
export const useStageTakesTasks = ({ procedureId, stage }: Pick<CaseView, 'procedureId' | 'stage'>): boolean => {
  const { data } = useQuery(procedureQuery(procedureId));
  const found = data?.stages[stage];
  return data !== undefined && (found === undefined || found.tasks === true);
};
