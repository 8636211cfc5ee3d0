import type { Label } from '../../label/schema.ts';
import type { HeldSession, SafetyQuestion } from './schema.ts';

/** Answers that stop a mediation: nobody is brought to one table with whom they fear. 反家庭暴力法 第十四条; 人民调解法 第二十五条. */
const DANGER: readonly SafetyQuestion[] = ['violence', 'fear', 'pressure', 'suicide', 'childHarmed'];

const POLICE = { label: { zh: '公安机关', en: 'Police' }, telephone: '110' };
const WOMEN = { label: { zh: '妇联维权热线', en: "Women's federation" }, telephone: '12338' };
const MIND = { label: { zh: '心理援助热线', en: 'Psychological helpline' }, telephone: '12356' };
const LEGAL_AID = { label: { zh: '法律援助热线', en: 'Legal aid line' }, telephone: '12348' };

export interface Helpline {
  readonly label: Label;
  readonly telephone: string;
}
/** Told to every side of every dispute alike: whoever reads them learns nothing of what another side said. */
export const HELPLINES: readonly Helpline[] = [POLICE, WOMEN, MIND, LEGAL_AID];

/** Whom to turn to. A child that may be harmed must be reported (未成年人保护法 第十一条). */
export const referralsFor = (yes: readonly SafetyQuestion[]): Helpline[] => {
  const has = (...asked: SafetyQuestion[]): boolean => asked.some((one) => yes.includes(one));
  return [
    ...(has('violence', 'fear', 'childHarmed', 'suicide') ? [POLICE] : []),
    ...(has('violence', 'fear', 'pressure') ? [WOMEN] : []),
    ...(has('suicide') ? [MIND] : []),
  ];
};

/** The danger a stop is written down with, as the answers speak of it. */
export const riskOf = (yes: readonly SafetyQuestion[]): 'violence' | 'life' =>
  yes.includes('suicide') && !yes.includes('violence') ? 'life' : 'violence';

/** Whether anybody may be brought together; undefined when so. Asked first, and once more whenever it changes. */
export const unsafe = (yes: readonly SafetyQuestion[] | undefined): 'screeningMissing' | 'safetyFirst' | undefined => {
  if (!yes) return 'screeningMissing';
  return yes.some((one) => DANGER.includes(one)) ? 'safetyFirst' : undefined;
};

/** What is wrong with how a session went: a minor without guardian, a recording somebody did not agree to, a stranger in a separate talk. */
export const misheld = (
  held: Pick<HeldSession, 'attended' | 'guardian' | 'recorded' | 'recordingAgreedBy'>,
  invited: readonly string[],
  yes: readonly SafetyQuestion[],
): 'unknownParty' | 'guardianMissing' | 'recordingNotAgreed' | undefined => {
  if (held.attended.some((party) => !invited.includes(party))) return 'unknownParty';
  if (yes.includes('minor') && !held.guardian) return 'guardianMissing';
  if (held.recorded && held.attended.some((party) => !held.recordingAgreedBy.includes(party))) return 'recordingNotAgreed';
  return undefined;
};
