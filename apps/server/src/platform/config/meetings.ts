import { ConfigError } from './errors.ts';

/** The meeting server of this installation, by its address without a slash at its end. Throws `settingUnfit` for anything that is not https. */
export const readMeetings = (env: NodeJS.ProcessEnv): string | undefined => {
  const url = env.TONGXIN_MEETING_URL?.trim();
  if (!url) return undefined;
  if (!/^https:\/\//u.test(url) || !URL.canParse(url) || /[?#]/u.test(url))
    throw new ConfigError('settingUnfit', `TONGXIN_MEETING_URL must be an https address of a meeting server, not ${url}`);
  return url.replace(/\/+$/u, '');
};
