import type { OwnDetails } from '@tongxin/client/account.ts';
import { ApiProblem } from '@tongxin/client/problem.ts';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { account } from '../account.ts';
import { useWords } from '../i18n/i18n.tsx';
import { LoadState, useLoad } from '../load.tsx';
import { keepLook, restoreLook } from './sign-in.ts';
import { SignIn } from './sign-in.tsx';

export interface Own {
  readonly own: OwnDetails;
  readonly reload: () => void;
}

/** A page for whoever is signed in; whoever is not signs in here and goes on. */
export const SignedIn = ({ children }: { children: (own: Own) => ComponentChildren }) => {
  const { loaded, reload, show } = useLoad(account.details, []);
  const { language } = useWords();
  const own = loaded.state === 'ready' ? loaded.data : undefined;
  // Notices come in the language of the screen; large letters are found again on another device.
  useEffect(() => {
    if (own) keepLook(own, language);
  }, [own, language]);
  if (loaded.state === 'ready') return <>{children({ own: loaded.data, reload })}</>;
  const stranger = loaded.state === 'failed' && loaded.problem instanceof ApiProblem && loaded.problem.status === 401;
  return stranger ? (
    <SignIn done={() => account.details().then((found) => restoreLook(found, show))} />
  ) : (
    <LoadState loaded={loaded} again={reload} />
  );
};
