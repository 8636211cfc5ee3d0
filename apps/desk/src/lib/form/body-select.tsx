import { useQuery } from '@tanstack/react-query';
import type { CaseView } from '@tongxin/domain/case/view.ts';
import { organizationsOfQuery, organizationsQuery } from '../directory.ts';
import { useWords } from '../i18n/i18n.tsx';
import { meQuery } from '../me.ts';
import { bodiesToChoose } from './body-options.ts';
import { SearchSelect, type SearchSelectProps } from './search-select.tsx';

interface BodySelectProps extends Pick<SearchSelectProps, 'id' | 'status' | 'value' | 'onChange'> {
  readonly suggested?: CaseView['suggested'];
  /** Only those that can be complained of. */
  readonly respondents?: true;
}

/** Bodies: those a duty list names first and with the clause that names them, then those of the area one looks from, then the rest. */
export const BodySelect = ({ suggested = [], respondents, ...rest }: BodySelectProps) => {
  const { t, l } = useWords();
  const { data: all = [], isLoading } = useQuery(organizationsQuery);
  const { data: me } = useQuery(meQuery);
  const areaId = me?.posts[0]?.areaId ?? '';
  const { data: own = [] } = useQuery({ ...organizationsOfQuery(areaId), enabled: areaId !== '' });
  const first = new Set(suggested.map(({ organizationId }) => organizationId));
  const named = suggested.map((one) => ({
    value: one.organizationId,
    label: one.clause ? t('form.namedBody', { body: l(one.label), clause: one.clause }) : t('form.suggestedBody', { body: l(one.label) }),
  }));
  const others = bodiesToChoose(all, own, { named: first, respondents: respondents === true }).map((one) => ({
    value: one.id,
    label: l(one.name),
  }));
  return <SearchSelect {...rest} empty={t('form.pick')} loading={isLoading} options={[...named, ...others]} />;
};
