import { groupsFor, preCheck, standardFor } from '@tongxin/domain/aid/rules.ts';
import { AID_MATTERS, type AidGroup, type AidMatter, type AidResult, type AidStandard } from '@tongxin/domain/aid/schema.ts';
import { localDate } from '@tongxin/ui/time.ts';
import { useState } from 'preact/hooks';
import { Link, type Page } from '../../app/router.tsx';
import { FormField, Tick } from '../../lib/form/field.tsx';
import { useWords } from '../../lib/i18n/i18n.tsx';
import { useLoad } from '../../lib/load.tsx';
import { aidStandards } from './queries.ts';

const Result = ({ result, standard }: { result: AidResult; standard: AidStandard | undefined }) => {
  const { t, list } = useWords();
  const { outcome, articles, bring, atOnce } = result;
  const counted = outcome === 'within' || outcome === 'above';
  return (
    <section class="notice" aria-live="polite">
      <h2>{t(`aid.outcome.${outcome}`)}</h2>
      <p>{t(`aid.why.${outcome}`)}</p>
      {counted && standard ? <p>{t('aid.standard', { n: standard.monthlyIncome, source: standard.source })}</p> : null}
      {atOnce ? <p>{t('aid.atOnce')}</p> : null}
      {articles.length ? (
        <p class="hint">{t(articles.length === 1 ? 'aid.article' : 'aid.articles', { articles: list(articles.map(String)) })}</p>
      ) : null}
      <h3>{t('aid.bring')}</h3>
      <ul>
        {bring.map((paper) => (
          <li key={paper}>{t(`aid.paper.${paper}`)}</li>
        ))}
      </ul>
      <p>{t('aid.where')}</p>
      <p class="hint">{t('aid.notDecided')}</p>
    </section>
  );
};

const yuan = (words: string): number | undefined => (/^\d{1,8}$/u.test(words.trim()) ? Number(words.trim()) : undefined);

/** 法律援助自测: reckoned here, in the browser; no answer leaves the page and none is kept. */
const AidCheck = () => {
  const { t, l } = useWords();
  const { loaded } = useLoad(aidStandards, []);
  const [matter, setMatter] = useState<AidMatter>();
  const [group, setGroup] = useState<AidGroup>('none');
  const [appointed, setAppointed] = useState<'yes' | 'no'>();
  const [income, setIncome] = useState('');
  const [members, setMembers] = useState('1');
  const [urgent, setUrgent] = useState(false);
  const [area, setArea] = useState('');
  const all = loaded.state === 'ready' ? loaded.data : [];
  const areas = new Map(all.flatMap(({ areaId, areaLabel }) => (areaLabel ? [[areaId, areaLabel] as const] : [])));
  const chosen = area || [...areas.keys()][0];
  const standard = standardFor(all, chosen ? [chosen] : [], localDate(Date.now()));
  const earned = yuan(income);
  const household = yuan(members);
  const result =
    matter &&
    preCheck(
      {
        matter,
        group,
        urgent,
        ...(appointed ? { appointed: appointed === 'yes' } : {}),
        ...(earned === undefined ? {} : { income: earned }),
        ...(household ? { members: household } : {}),
      },
      standard?.monthlyIncome,
    );
  const asksMeans = result !== undefined && !['noLimit', 'appointed', 'asked', 'notListed'].includes(result.outcome);
  return (
    <>
      <h1 tabIndex={-1}>{t('aid.title')}</h1>
      <p>{t('aid.intro')}</p>
      <form noValidate onSubmit={(event) => event.preventDefault()}>
        <FormField id="matter" label={t('aid.matter')}>
          {(tied) => (
            <select {...tied} value={matter ?? ''} onChange={(event) => setMatter((event.currentTarget.value || undefined) as AidMatter)}>
              <option value="">{t('aid.pick')}</option>
              {AID_MATTERS.map((one) => (
                <option key={one} value={one}>
                  {t(`aid.matter.${one}`)}
                </option>
              ))}
            </select>
          )}
        </FormField>
        {matter === 'criminal' ? (
          <FormField id="appointed" label={t('aid.appointed')} hint={t('aid.appointedHint')}>
            {(tied) => (
              <select
                {...tied}
                value={appointed ?? ''}
                onChange={(event) => setAppointed((event.currentTarget.value || undefined) as 'yes' | 'no' | undefined)}
              >
                <option value="">{t('aid.pick')}</option>
                {(['yes', 'no'] as const).map((one) => (
                  <option key={one} value={one}>
                    {t(`aid.appointed.${one}`)}
                  </option>
                ))}
              </select>
            )}
          </FormField>
        ) : null}
        {matter && asksMeans ? (
          <>
            <FormField id="group" label={t('aid.group')}>
              {(tied) => (
                <select
                  {...tied}
                  value={groupsFor(matter).includes(group) ? group : 'none'}
                  onChange={(event) => setGroup(event.currentTarget.value as AidGroup)}
                >
                  {groupsFor(matter).map((one) => (
                    <option key={one} value={one}>
                      {t(`aid.group.${one}`)}
                    </option>
                  ))}
                </select>
              )}
            </FormField>
            {result.outcome === 'exempt' ? null : (
              <>
                {areas.size > 1 ? (
                  <FormField id="area" label={t('aid.area')}>
                    {(tied) => (
                      <select {...tied} value={chosen} onChange={(event) => setArea(event.currentTarget.value)}>
                        {[...areas].map(([id, label]) => (
                          <option key={id} value={id}>
                            {l(label)}
                          </option>
                        ))}
                      </select>
                    )}
                  </FormField>
                ) : null}
                <FormField id="income" label={t('aid.income')} hint={t('aid.incomeHint')}>
                  {(tied) => (
                    <input
                      {...tied}
                      type="text"
                      inputMode="numeric"
                      autocomplete="off"
                      maxLength={8}
                      value={income}
                      onInput={(event) => setIncome(event.currentTarget.value)}
                    />
                  )}
                </FormField>
                <FormField id="members" label={t('aid.members')}>
                  {(tied) => (
                    <input
                      {...tied}
                      type="text"
                      inputMode="numeric"
                      autocomplete="off"
                      maxLength={2}
                      value={members}
                      onInput={(event) => setMembers(event.currentTarget.value)}
                    />
                  )}
                </FormField>
              </>
            )}
          </>
        ) : null}
        {matter && result?.outcome !== 'notListed' ? (
          <Tick label={t('aid.urgent')} hint={t('aid.urgentHint')} checked={urgent} onChange={setUrgent} />
        ) : null}
      </form>
      {result ? <Result result={result} standard={standard} /> : null}
      <p class="hint">{t('aid.nothingKept')}</p>
      <Link to="/legal" class="button">
        {t('aid.ask')}
      </Link>
    </>
  );
};

export const pages: Page[] = [{ path: '/legal/aid', draw: () => <AidCheck /> }];
