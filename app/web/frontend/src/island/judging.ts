/**
 * From a click to a report: sending a source, following it, showing what came of it.
 *
 * Invariant: one attempt or run is on its way at a time, and it is sent once, however often that takes: also when the
 * page is loaded again meanwhile, which then goes on with it.
 */
import { t } from "../strings";
import { ask, page, Refused, Unreachable } from "./client";
import { deliver, type Hooks } from "./delivering";
import { element, icon } from "./dom";
import { follow, type Progress } from "./following";
import { ProgressPanel, type Kind } from "./progress";
import type { LastSent, Sent } from "./sent";
import { NotSignedIn } from "./signing-in";

/** Whoever sent it has stopped it. */
class Stopped extends Error {}

export interface Places {
  /** Where the API is, without a slash at its end. */
  api: string;
  /** Where the pages are. */
  pages: string;
  problem: string;
  /** Where progress and reports are shown. */
  room: HTMLElement;
  /** What screen readers are told. */
  status: HTMLElement;
}

export interface Wishes {
  signIn(): Promise<void>;
  /** A report is on the page. */
  shown(report: HTMLElement, sent: Sent): void;
  /** … and it is new. */
  judged(kind: Kind): void;
  busy(is: boolean): void;
}

/** What sends sources from a page. */
export class Judging {
  private now: AbortController | null = null;

  constructor(
    private readonly places: Places,
    private readonly wishes: Wishes,
    private readonly last: LastSent,
  ) {}

  get isBusy(): boolean {
    return this.now !== null;
  }

  /** Send a source and show what comes of it. `input` is a run's own. */
  async send(kind: Kind, source: string, input?: unknown): Promise<void> {
    if (this.now === null) await this.judge(this.last.begin(kind, source, input));
  }

  /**
   * Go on with what was sent before the page was loaded again; returns whether it is still to be judged.
   *
   * @param current what the editor shows.
   */
  resume(current: string): boolean {
    const sent = this.last.get(current);
    if (sent === null || this.now !== null) return false;
    void (sent.done ? this.recall(sent) : this.judge(sent));
    return !sent.done;
  }

  /** Show a report that was on the page before, without a word. */
  private async recall(sent: Sent): Promise<void> {
    let report: HTMLElement;
    try {
      report = await this.reportOf(sent.kind, String(sent.id));
    } catch (error) {
      if (error instanceof Refused || error instanceof Unreachable) return; // it is among the attempts
      throw error;
    }
    if (this.now !== null) return; // another has been sent meanwhile
    this.places.room.replaceChildren(report);
    this.wishes.shown(report, sent);
  }

  private async judge(sent: Sent): Promise<void> {
    const { kind, source, input, key } = sent;
    const stopping = new AbortController();
    this.now = stopping;
    let made = sent.id;
    const panel = new ProgressPanel(this.places.room, this.places.status, kind, () => {
      stopping.abort(new Stopped());
      if (made !== null) void this.cancel(kind, made);
    });
    this.wishes.busy(true);
    const hooks: Hooks = { lost: () => panel.lost(), back: () => panel.back(), signIn: () => this.wishes.signIn() };
    const { signal } = stopping;
    try {
      const address = `${this.places.api}/${kind}`;
      if (made === null) {
        const body = { problem: this.places.problem, source, ...(input === undefined ? {} : { input }) };
        const queued = await deliver(
          async () => (await ask<Progress>(address, { method: "POST", body, key, signal })).body,
          hooks,
          signal,
        );
        made = queued.id;
        this.last.made(sent, made);
        panel.queued(queued.position, queued.estimated_seconds);
      }
      const id = made;
      await follow(`${address}/${id}`, panel, hooks, signal);
      const report = await deliver(() => this.reportOf(kind, id, signal), hooks, signal);
      panel.end(report, report.dataset["said"] ?? "");
      this.last.end(sent, id);
      this.wishes.shown(report, sent);
      this.wishes.judged(kind);
    } catch (error) {
      const gone = error instanceof Refused && error.status === 404;
      if (made === null || error instanceof Stopped || gone) this.last.forget();
      panel.end(...explained(error, made));
    } finally {
      this.now = null;
      this.wishes.busy(false);
    }
  }

  private async reportOf(kind: Kind, id: string, signal?: AbortSignal): Promise<HTMLElement> {
    const address = `${this.places.pages}/${kind}/${id}/report`;
    const got = await page(address, signal === undefined ? {} : { signal });
    const report = got.querySelector<HTMLElement>("[data-report]");
    if (report === null) throw new Error(`There is no report at ${address}.`);
    return document.adoptNode(report);
  }

  private async cancel(kind: Kind, id: string): Promise<void> {
    try {
      await ask(`${this.places.api}/${kind}/${id}/cancel`, { method: "POST" });
    } catch (error) {
      // It may have ended meanwhile; it is not watched any more either way.
      if (!(error instanceof Refused)) throw error;
    }
  }
}

/** What is said of whatever kept a report from coming; and the same for screen readers. */
function explained(error: unknown, made: string | null): [HTMLElement, string] {
  if (error instanceof Stopped) return told("plain", "stopped", t("script-stopped"), "");
  if (error instanceof NotSignedIn) return told("warn", "warning", t("script-not-sent"), t("script-not-signed-in"));
  if (error instanceof Refused) return told("warn", "warning", error.title, error.detail);
  console.error(error);
  return told("bad", "failed", t("script-fault"), t(made === null ? "script-fault-not-sent" : "script-fault-sent"));
}

function told(tone: string, name: string, title: string, detail: string): [HTMLElement, string] {
  const text = element("div", "", element("p", "", element("strong", "", title)));
  if (detail !== "") text.append(element("p", "", detail));
  const alert = element("div", `alert ${tone}`, icon(name), text);
  return [alert, `${title} ${detail}`];
}
