/** After a stream broke: how long until the next try. */
const AGAIN_MS = 3_000;

export interface Stream {
  readonly url: string;
  /** EventSource can send none; a display shows its token with every call. */
  readonly headers?: Readonly<Record<string, string>>;
  /** One event by its name. */
  readonly heard: (event: string) => void;
  readonly connected: (yes: boolean) => void;
}

const follow = async ({ url, headers, heard, connected }: Stream, signal: AbortSignal): Promise<void> => {
  const response = await fetch(url, { headers: { accept: 'text/event-stream', ...headers }, credentials: 'same-origin', signal });
  if (!response.ok || !response.body) throw new Error(String(response.status));
  connected(true);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const parts = (rest + value).split('\n\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const name = /^event: (\w+)$/mu.exec(part)?.[1];
      if (name) heard(name);
    }
  }
};

/** Listens to server-sent events by fetch, and again whenever the line breaks. Returns how to stop. */
export const listenStream = (stream: Stream): (() => void) => {
  const stopped = new AbortController();
  void (async () => {
    while (!stopped.signal.aborted) {
      await follow(stream, stopped.signal).catch(() => undefined);
      if (stopped.signal.aborted) return;
      stream.connected(false);
      await new Promise((done) => setTimeout(done, AGAIN_MS));
    }
  })();
  return () => stopped.abort();
};
