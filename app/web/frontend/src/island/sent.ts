/**
 * What this tab has sent last, so that the page goes on with it when it is loaded again.
 *
 * Invariant: nothing is sent that nobody has just asked for. What the service has answered is known by its id; only what
 * may not have reached it is sent again, under its own key and within two minutes.
 */
import type { Store } from "./drafts";
import type { Kind } from "./progress";

export interface Sent {
  kind: Kind;
  source: string;
  /** A run's own. */
  input?: unknown;
  key: string;
  /** What the service calls it; null until it has answered. */
  id: string | null;
  /** When, in milliseconds since 1970. */
  at: number;
  /** Whether its report has been shown. */
  done: boolean;
}

const HOUR = 3_600_000;
/** As long as whoever has pressed the button still waits for it. */
const UNANSWERED = 120_000;

/** Of one user and one page. */
export class LastSent {
  private readonly place: string;

  constructor(
    private readonly store: Store,
    user: string,
    page: string,
    private readonly now: () => number = Date.now,
  ) {
    this.place = `allclose:sent:${user}:${page}`;
  }

  /**
   * What the page is to go on with; null if there is nothing, or it is too old, or the page is about something else.
   *
   * @param source what the editor shows. What is still judged is followed whatever that is.
   */
  get(source: string): Sent | null {
    const sent = this.read();
    if (sent === null) return null;
    const current = sent.source === source || (sent.id !== null && !sent.done);
    return current && this.now() - sent.at < (sent.id === null ? UNANSWERED : HOUR) ? sent : null;
  }

  /** Remember what is being sent; a browser without room for it goes without. */
  begin(kind: Kind, source: string, input?: unknown): Sent {
    const sent: Sent = { kind, source, key: crypto.randomUUID(), id: null, at: this.now(), done: false };
    if (input !== undefined) sent.input = input;
    this.write(sent);
    return sent;
  }

  /** The service has it, and calls it this. */
  made(sent: Sent, id: string): void {
    this.write({ ...sent, id });
  }

  /** Its report is shown. */
  end(sent: Sent, id: string): void {
    this.write({ ...sent, id, done: true });
  }

  /** It was not taken, or stopped, or is not there any more. */
  forget(): void {
    this.store.removeItem(this.place);
  }

  private read(): Sent | null {
    try {
      const found: unknown = JSON.parse(this.store.getItem(this.place) ?? "null");
      return isSent(found) ? found : null;
    } catch {
      return null;
    }
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
  const { kind, source, key, id, at, done } = value as Record<string, unknown>;
  const texts = [source, key, id ?? ""].every((each) => typeof each === "string");
  return (kind === "attempts" || kind === "runs") && texts && typeof at === "number" && typeof done === "boolean";
}
