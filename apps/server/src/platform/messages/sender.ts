import type { Channel, MessageProblem } from '@tongxin/domain/message/schema.ts';

/** A message with the address it goes to; neither is logged. */
export interface Outgoing {
  /** The same for every try: whoever takes it twice can tell. */
  readonly id: string;
  readonly to: string;
  readonly kind: string;
  readonly language: 'zh' | 'en';
  readonly subject: string;
  readonly text: string;
  /** Where the reader goes from it. */
  readonly link?: string;
  /** Where one request ends these messages, without signing in. */
  readonly stopLink?: string;
  /** What an operator's template is filled with. */
  readonly params: Readonly<Record<string, string>>;
}

/** `again`: worth another try, after the pause the other side asked for, if any. `gone`: the address is no more and is to be forgotten. */
export type Sent =
  | { readonly ok: true }
  | { readonly ok: false; readonly problem: MessageProblem; readonly again: boolean; readonly afterMs?: number; readonly gone?: true };

/** What a gateway says beside the body of a call of its own. */
export interface SignedCall {
  readonly id: string;
  readonly keyId: string | undefined;
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
  readonly body: string;
}

/** One way out of the house. Never throws for what the other side says or does not say. */
export interface Sender {
  readonly perMinute: number;
  send(message: Outgoing): Promise<Sent>;
  /** Of an official account: its name, by which people find it. */
  readonly name?: string;
  /** Of an official account: whether its gateway signed a call to us, lately, as calls to it are signed. */
  isSigned?(call: SignedCall): boolean;
  /** Of pushes: the public key by which browsers know whose they are. */
  readonly publicKey?: string;
  /** Whether an address may be sent to at all, before anything is sent. */
  fits?(to: string): boolean;
  close?(): void;
}

/** What this installation has; a channel without a sender is off. */
export type Senders = { readonly [channel in Channel]?: Sender };
