/**
 * What this tab has sent last, so that the page goes on with it when it is loaded again.
 *
 * Invariant: it is sent again with its own key, by which the service knows it: nothing is judged twice. Nothing is told
 * of it after an hour, nor to another user of the browser.
 */
import type { Store } from "./drafts";
import type { Kind } from "./progress";

export interface Sent {
  kind: Kind;
  source: string;
  /** A run's own. */
  input?: unknown;
  key: string;
  /** When, in milliseconds since 1970. */
  at: number;
  /** Whether its report has been shown. */
  done: boolean;
}

const HOUR = 3_600_000;

/** Of one user and one problem. */
export class LastSent {
  private readonly place: string;

  constructor(
    private readonly store: Store,
    user: string,
    slug: string,
    private readonly now: () => number = Date.now,
  ) {
    this.place = `allclose:sent:${user}:${slug}`;
  }

  /** What there is; null if there is nothing, or it is too old. */
  get(): Sent | null {
    try {
      const found: unknown = JSON.parse(this.store.getItem(this.place) ?? "null");
      return isSent(found) && this.now() - found.at < HOUR ? found : null;
    } catch {
      return null;
    }
  }

  /** Remember what is being sent; a browser without room for it goes without. */
  begin(kind: Kind, source: string, input?: unknown): Sent {
    const sent: Sent = { kind, source, key: crypto.randomUUID(), at: this.now(), done: false };
    if (input !== undefined) sent.input = input;
    this.write(sent);
    return sent;
  }

  /** Its report is shown. */
  end(sent: Sent): void {
    this.write({ ...sent, done: true });
  }

  /** It was refused or stopped. */
  forget(): void {
    this.store.removeItem(this.place);
  }

  private write(sent: Sent): void {
    try {
      this.store.setItem(this.place, JSON.stringify(sent));
    } catch {
      this.forget(); // an earlier one would be taken for it
    }
  }
}

function isSent(value: unknown): value is Sent {
  if (typeof value !== "object" || value === null) return false;
  const { kind, source, key, at, done } = value as Record<string, unknown>;
  const texts = [source, key].every((each) => typeof each === "string");
  return (kind === "attempts" || kind === "runs") && texts && typeof at === "number" && typeof done === "boolean";
}
