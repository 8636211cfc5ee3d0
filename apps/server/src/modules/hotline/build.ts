import type { TestServer } from '@tongxin/testing/server.ts';
import { Webhook } from 'standardwebhooks';
import { v7 } from 'uuid';

export interface Line {
  readonly id: string;
  readonly secret: string;
}

/** Connects a telephone system to the hotline of the world. */
export const makeLine = async (server: TestServer): Promise<Line> => {
  const { organizationId } = server.world.organizations.hotline;
  const body = { id: v7(), organizationId, name: '话务平台' };
  const answer = await server.as(server.world.people.administrator, { method: 'POST', url: '/api/v1/hotline/lines', body });
  if (answer.statusCode >= 300) throw new Error(answer.body);
  return answer.json<Line>();
};

/** What the system says of a call, signed as it signs; `spoil` replaces headers. */
export const announce = async (
  server: TestServer,
  { id, secret }: Line,
  said: object,
  spoil: Readonly<Record<string, string>> = {},
): Promise<{ status: number; value: { id: string } & Record<string, unknown> }> => {
  const [messageId, at, payload] = [v7(), new Date(), JSON.stringify(said)];
  const answer = await server.app.inject({
    method: 'POST',
    url: `/api/v1/hotline/lines/${id}/news`,
    headers: {
      'content-type': 'application/json',
      'webhook-id': messageId,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(messageId, at, payload),
      ...spoil,
    },
    payload,
  });
  return { status: answer.statusCode, value: answer.json() };
};
