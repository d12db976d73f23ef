/**
 * Following an attempt or a run to its end: by the service's stream, and by looking where there is none.
 *
 * Invariant: `done` is told once, whichever of the two hears of it first, and nothing after it. A browser that loses the
 * stream takes it up again after the last event it has seen, by itself; looking goes on while nothing is heard.
 */
import { ask, type Answer } from "./client";
import { deliver, wait, type Hooks } from "./delivering";

/** A case's result as the API tells it; see `CaseResult` there. */
export interface CaseTold {
  name: string;
  public: boolean;
  shape: string;
  call: string;
  verdict: string | null;
  reason: string | null;
}

/** How far an attempt or a run is; see `Progress` of the API. */
export interface Progress {
  id: string;
  state: "queued" | "running" | "done";
  verdict: string | null;
  message: string | null;
  position: number | null;
  estimated_seconds: number | null;
}

export interface Watcher {
  queued(position: number | null, seconds: number | null): void;
  running(): void;
  traced(operations: number): void;
  judged(result: CaseTold): void;
}

/** Seconds without any news after which is looked. */
const QUIET = 4;
const LOOKS = 1.5;

/**
 * Follow what is at `address` until it is done.
 *
 * @throws Refused if it is not there any more; the signal's reason once it is aborted.
 */
export async function follow(address: string, watcher: Watcher, hooks: Hooks, signal: AbortSignal): Promise<void> {
  const ended = new AbortController();
  const until = AbortSignal.any([signal, ended.signal]);
  let heard = Date.now();
  const stream = new EventSource(`${address}/events`);
  const news = new Map<string, (told: Record<string, unknown>) => void>([
    ["queued", () => watcher.queued(null, null)],
    ["position", (told) => watcher.queued(told["position"] as number, told["estimated_seconds"] as number | null)],
    ["running", () => watcher.running()],
    ["traced", (told) => watcher.traced(told["operations"] as number)],
    ["case", (told) => watcher.judged((told["case"] ?? told) as CaseTold)],
  ]);
  for (const [name, tell] of news) {
    stream.addEventListener(name, (event: MessageEvent<string>) => {
      heard = Date.now();
      tell(JSON.parse(event.data) as Record<string, unknown>);
    });
  }
  const streamed = new Promise<void>((resolve) => stream.addEventListener("done", () => resolve()));
  // A stream that the service refuses is closed for good; one that was cut comes back, and says so when it does.
  stream.addEventListener("error", () => {
    if (stream.readyState === EventSource.CLOSED) heard = 0;
    else if (!navigator.onLine) hooks.lost(0);
  });
  stream.addEventListener("open", () => {
    heard = Date.now();
    hooks.back();
  });
  const looked = look(address, watcher, hooks, until, () => Date.now() - heard >= QUIET * 1000);
  try {
    await Promise.race([streamed, looked, refused(signal)]);
  } finally {
    stream.close();
    ended.abort();
    looked.catch(() => undefined); // it was told to stop
  }
}

function refused(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
}

/** Look every second or so while nothing is heard, until it is done. */
async function look(
  address: string,
  watcher: Watcher,
  hooks: Hooks,
  signal: AbortSignal,
  isQuiet: () => boolean,
): Promise<void> {
  let etag: string | null = null;
  for (;;) {
    await wait(LOOKS, signal);
    if (!isQuiet()) continue;
    const known = etag;
    const answer: Answer<Progress | undefined> = await deliver(
      () => ask<Progress | undefined>(address, { etag: known, signal }),
      hooks,
      signal,
    );
    etag = answer.etag;
    const told = answer.body;
    if (told === undefined) continue;
    if (told.state === "done") return;
    if (told.state === "queued") watcher.queued(told.position, told.estimated_seconds);
    else watcher.running();
  }
}
