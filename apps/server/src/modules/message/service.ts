import { readerKind } from '@tongxin/domain/case/rules.ts';
import type { ChannelsView } from '@tongxin/domain/message/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { notFound } from '../../platform/errors/problem.ts';
import { type Who, withScope } from '../../platform/tx/tx.ts';
import { findCase } from '../case/index.ts';
import { listMessages, type MessageRow } from './repo.ts';

const LISTED = 50;

export const channels = ({ messages }: Deps): ChannelsView => ({
  sms: messages.sms !== undefined,
  mail: messages.mail !== undefined,
  push: messages.push !== undefined,
  account: messages.account !== undefined,
});

/** What became of messages to the reporters of a case: for the office, not for the side complained of. */
export const caseMessages = (deps: Deps, who: Who, caseId: string): Promise<MessageRow[]> =>
  withScope(deps.pools.app, who, async ({ tx, actor }) => {
    const row = await findCase(tx, caseId);
    if (!row || readerKind(row.state, actor) !== 'staff') throw notFound();
    return listMessages(tx, caseId, LISTED);
  });
