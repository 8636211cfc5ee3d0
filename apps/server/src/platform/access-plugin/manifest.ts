import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AppOptions } from '../../app.ts';
import type { Deps } from '../deps.ts';
import type { Consumer } from '../feed/consumer.ts';
import type { JobKind } from '../jobs/jobs.ts';
import type { QueuedTask } from '../jobs/worker.ts';
import type { Route } from './route.ts';

/** What a module gives the app. Its `index.ts` exports one. */
export interface Manifest {
  readonly name: string;
  /** Below /api/v1. */
  readonly routes?: readonly Route[];
  readonly consumers?: readonly Consumer[];
  /** Long work that people start, and work of the queue that nobody waits for. */
  readonly jobs?: readonly JobKind[];
  readonly tasks?: readonly QueuedTask[];
  /** Of another protocol: how errors below its addresses are told, also those of an address that cannot be read. */
  readonly errors?: { readonly below: string; readonly send: (reply: FastifyReply, request: FastifyRequest, error: unknown) => unknown };
  /** What is not a route of the API: sign-in, other protocols. Every route it adds names its access in `config`. */
  readonly plugin?: (app: FastifyInstance, deps: Deps, options: AppOptions) => Promise<void>;
}
