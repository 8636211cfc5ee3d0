import type { Meeting } from '@tongxin/domain/dispute/session/schema.ts';
import type { Deps } from '../../../../platform/deps.ts';
import type { SessionRecord } from '../repo.ts';

interface Asked {
  readonly caseId: string;
  readonly session: Pick<SessionRecord, 'session_id' | 'link_sealed'>;
}
/** Where people meet on the net: whether this installation has it, and the address of a session. */
interface Provider {
  readonly isThere: (deps: Deps) => boolean;
  readonly linkOf: (deps: Deps, asked: Asked) => string | undefined;
}

export const linkPlace = (caseId: string, sessionId: string): string => `dispute:${caseId}:link:${sessionId}`;

/** `manual`: whoever mediates gives an address, kept sealed. `template`: a room of one's own server, unguessable, derived and nowhere kept. */
const PROVIDERS: Readonly<Record<Meeting, Provider>> = {
  manual: {
    isThere: () => true,
    linkOf: (deps, { caseId, session }) =>
      session.link_sealed ? deps.crypto.open(session.link_sealed, linkPlace(caseId, session.session_id)).toString('utf8') : undefined,
  },
  template: {
    isThere: ({ config }) => config.meetingUrl !== undefined,
    linkOf: ({ config, crypto }, { caseId, session }) =>
      config.meetingUrl && `${config.meetingUrl}/${crypto.roomName(caseId, session.session_id)}`,
  },
};

export const meetingsThere = (deps: Deps): Meeting[] =>
  (Object.keys(PROVIDERS) as Meeting[]).filter((meeting) => PROVIDERS[meeting].isThere(deps));

/**
 * The address of a session for one of its readers: while it is to come or goes on, and to a side only once its time is fixed. When the session is
 * over or off, there is none.
 */
export const meetingLink = (
  deps: Deps,
  caseId: string,
  session: Pick<SessionRecord, 'session_id' | 'link_sealed' | 'state' | 'ends_at'> & { readonly meeting: Meeting | null },
  isSide: boolean,
): string | undefined => {
  const isOpen = session.state === 'fixed' || (session.state === 'proposed' && !isSide);
  if (!session.meeting || !isOpen || session.ends_at <= deps.clock.now()) return undefined;
  return PROVIDERS[session.meeting].linkOf(deps, { caseId, session });
};
