/**
 * Getting a request through: over a connection that is cut, a session that has ended, a service that is being restarted.
 *
 * Invariant: it is the same request each time, with its Idempotency-Key, so that it takes effect once; and whoever
 * waits can stop it.
 */
import { Refused, Unreachable } from "./client";

export interface Hooks {
  /** Nothing gets through; tried again in so many seconds, or when the browser is online. */
  lost(seconds: number): void;
  /** It goes on. */
  back(): void;
  /** Have the user sign in; rejects if they would rather not. */
  signIn(): Promise<void>;
}

/** Seconds between tries while nothing gets through. */
const PAUSES = [1, 2, 4, 8, 15];
const LONGEST = 15;
/** Answers of what stands before a service that is being restarted. */
const AWAY = new Set([502, 503, 504]);

/**
 * What `send` answers, however long that takes.
 *
 * @throws Refused for whatever waiting does not mend; the signal's reason once it is aborted.
 */
export async function deliver<Result>(
  send: () => Promise<Result>,
  hooks: Hooks,
  signal: AbortSignal,
  pause: (seconds: number, signal: AbortSignal) => Promise<void> = wait,
): Promise<Result> {
  let tries = 0;
  for (;;) {
    signal.throwIfAborted();
    try {
      const result = await send();
      if (tries > 0) hooks.back();
      return result;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof Refused && error.status === 401) {
        await hooks.signIn();
        continue;
      }
      const away = error instanceof Unreachable || (error instanceof Refused && AWAY.has(error.status));
      if (!away) throw error;
      const asked = error instanceof Refused ? error.retryAfter : null;
      const seconds = asked ?? PAUSES[tries] ?? LONGEST;
      tries += 1;
      hooks.lost(seconds);
      await pause(seconds, signal);
    }
  }
}

/** Wait so many seconds, or until the browser is online again; rejects once the signal is aborted. */
export function wait(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const leave = (): void => {
      clearTimeout(timer);
      globalThis.removeEventListener("online", end);
      signal.removeEventListener("abort", stop);
    };
    const end = (): void => {
      leave();
      resolve();
    };
    const stop = (): void => {
      leave();
      reject(signal.reason as Error);
    };
    const timer = setTimeout(end, seconds * 1000);
    globalThis.addEventListener("online", end);
    signal.addEventListener("abort", stop);
  });
}
