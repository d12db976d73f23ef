/**
 * How far an attempt or a run is, from the click on: stages, the place in the queue, each case as it is judged.
 *
 * Invariant: the first sign is on the page before anything was sent. Screen readers are told of stages, not of each case.
 */
import { t } from "../strings";
import { button, element, icon } from "./dom";
import type { CaseTold, Watcher } from "./following";
import { visible } from "./text";

export type Kind = "attempts" | "runs";

const STAGES = ["sending", "queued", "running", "done"] as const;
type Stage = (typeof STAGES)[number];

const TONES: Record<string, readonly [tone: string, icon: string]> = {
  accepted: ["good", "solved"],
  rule_broken: ["warn", "warning"],
  time_limit: ["warn", "clock"],
  memory_limit: ["warn", "memory"],
  output_limit: ["warn", "warning"],
};
const OTHERS = ["bad", "failed"] as const;

/** The panel of one attempt or run that is on its way. */
export class ProgressPanel implements Watcher {
  private readonly rows = element("ul", "cases-live");
  private readonly steps = new Map<Stage, HTMLElement>();
  private readonly note = element("p", "note muted small");
  private readonly trouble = element("div", "trouble");
  private readonly stop: HTMLButtonElement;
  private stage: Stage | null = null;
  private programs = 0;
  private ended = false;

  constructor(
    private readonly room: HTMLElement,
    private readonly status: HTMLElement,
    private readonly kind: Kind,
    cancel: () => void,
  ) {
    const list = element("ol", "stages");
    for (const stage of STAGES) {
      const step = element("li", "stage", element("span", "dot"), t(`script-stage-${stage}`));
      this.steps.set(stage, step);
      list.append(step);
    }
    this.stop = button(t("script-cancel"), () => {
      this.stop.disabled = true;
      cancel();
    });
    this.trouble.setAttribute("role", "alert");
    const head = element("div", "progress-head", element("h2", "", t(`script-title-${kind}`)), this.stop);
    room.replaceChildren(element("div", "progress-live", head, list, this.note, this.trouble, this.rows));
    room.setAttribute("aria-busy", "true");
    this.reach("sending");
  }

  queued(position: number | null, seconds: number | null): void {
    this.reach("queued");
    if (position === null) return;
    const told = seconds === null ? "script-position" : "script-position-estimate";
    this.note.textContent = t(told, { position, ...(seconds === null ? {} : { seconds: Math.ceil(seconds) }) });
  }

  running(): void {
    this.reach("running");
    this.note.textContent = "";
  }

  traced(operations: number): void {
    this.reach("running");
    this.programs += 1;
    this.note.textContent = t("script-traced", { programs: this.programs, operations });
  }

  judged(result: CaseTold): void {
    this.reach("running");
    if (result.verdict === null) return;
    const [tone, name] = TONES[result.verdict] ?? OTHERS;
    const id = `${result.name} ${result.call}`;
    const row = element(
      "li",
      `case-live ${tone}`,
      icon(name),
      element("bdi", "name", visible(result.name)),
      element("span", "muted small", result.call === "" ? "" : visible(result.call)),
      element("span", "word", t(`verdict-${result.verdict}`)),
    );
    row.dataset["case"] = id;
    // A stream that is taken up again may tell of a case once more.
    const known = [...this.rows.children].find((other) => (other as HTMLElement).dataset["case"] === id);
    if (known) known.replaceWith(row);
    else this.rows.append(row);
  }

  /** Nothing gets through; it is tried again. */
  lost(): void {
    if (this.ended || this.trouble.childElementCount > 0) return;
    this.trouble.replaceChildren(element("div", "alert warn", icon("warning"), element("p", "", t("script-lost"))));
  }

  /** It goes on. */
  back(): void {
    this.trouble.replaceChildren();
  }

  /** Show the report in its place, or what kept it from coming. */
  end(content: Node, said: string): void {
    this.ended = true;
    this.room.removeAttribute("aria-busy");
    const held = this.room.contains(document.activeElement);
    this.room.replaceChildren(content);
    if (held) this.room.closest<HTMLElement>("[tabindex]")?.focus();
    this.room.scrollTop = 0;
    this.status.textContent = said;
  }

  private reach(stage: Stage): void {
    if (this.stage !== null && STAGES.indexOf(stage) <= STAGES.indexOf(this.stage)) return;
    this.stage = stage;
    for (const [each, step] of this.steps) {
      const before = STAGES.indexOf(each) < STAGES.indexOf(stage);
      step.className = `stage ${before ? "past" : each === stage ? "now" : ""}`;
      if (each === stage) step.setAttribute("aria-current", "step");
      else step.removeAttribute("aria-current");
    }
    this.status.textContent = t(`script-said-${this.kind}-${stage}`);
  }
}
