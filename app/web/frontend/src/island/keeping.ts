/** The draft and the editor: saved as typed, taken over from other tabs, brought back. */
import { t } from "../strings";
import { button, element, icon } from "./dom";
import { Drafts } from "./drafts";
import type { Editor } from "./editor";

/** Milliseconds without a key after which the draft is written. */
const PAUSE = 150;

export interface Room {
  /** Where it is said whether the draft is kept. */
  state: HTMLElement;
  /** Where it is said that a text gave way to another. */
  notices: HTMLElement;
}

/** Keeps the editor's text. */
export class Keeping {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private pending = false;

  constructor(
    private readonly editor: Editor,
    readonly drafts: Drafts,
    private readonly starter: string,
    private readonly room: Room,
  ) {
    globalThis.addEventListener("storage", (event) => {
      if (event.key === drafts.key) this.take();
    });
    // Storage events do not reach a page that is frozen.
    globalThis.addEventListener("pageshow", () => this.take());
    globalThis.addEventListener("pagehide", () => this.flush());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.flush() : this.take()));
  }

  /** Begin with what there is: a restored attempt, the draft, or the starter. */
  start(restored: string | null): void {
    const draft = this.drafts.open();
    if (restored !== null && restored !== draft?.source) {
      if (draft !== null && draft.source !== this.starter) this.drafts.setAside(draft.source);
      this.editor.replace(restored);
      this.flush();
      this.say("script-restored", draft !== null && draft.source !== this.starter);
    } else if (draft !== null) {
      this.editor.replace(draft.source);
      if (draft.replaced) this.say("script-draft-newer", true);
      this.saved();
    }
  }

  /** The text has changed. */
  typed(): void {
    this.pending = true;
    this.room.state.textContent = t("script-draft-saving");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), PAUSE);
  }

  /** Write what is not written yet. */
  flush(): void {
    clearTimeout(this.timer);
    if (!this.pending) return;
    this.pending = false;
    try {
      if (this.drafts.keep(this.editor.source)) this.say("script-draft-two", true);
      this.saved();
    } catch {
      // No room, or a browser that keeps nothing: the text is in the editor, and nowhere else.
      this.room.state.textContent = t("script-draft-not-kept");
    }
  }

  /** Begin anew. */
  reset(): void {
    this.replace(this.starter, "script-reset-done");
  }

  private replace(source: string, said: string): void {
    this.flush();
    const before = this.editor.source;
    if (before === source) return;
    if (before !== this.starter) this.drafts.setAside(before);
    this.editor.replace(source);
    this.flush();
    this.say(said, before !== this.starter);
  }

  /** Another tab may have written. */
  private take(): void {
    this.flush();
    const change = this.drafts.changed(this.editor.source);
    if (change === null) return;
    this.editor.replace(change.source);
    this.pending = false;
    clearTimeout(this.timer);
    this.saved();
    if (change.replaced) this.say("script-draft-other-tab", true);
  }

  private saved(): void {
    this.room.state.textContent = t("script-draft-kept");
  }

  /** Say that a text gave way, with the way back to it. */
  private say(id: string, canGoBack: boolean): void {
    const row = element("div", "row", element("p", "", t(id)));
    const [before] = this.drafts.earlier();
    const notice = element("div", "alert", icon("info"), row);
    notice.setAttribute("role", "status");
    if (canGoBack && before !== undefined) {
      row.append(
        button(t("script-bring-back"), () => {
          notice.remove();
          this.replace(before.source, "script-brought-back");
        }),
      );
    }
    row.append(button(t("script-dismiss"), () => notice.remove(), "button quiet"));
    this.room.notices.replaceChildren(notice);
  }
}

/** The browser's storage, of one tab or of all; null where it keeps nothing. */
export function storage(name: "localStorage" | "sessionStorage"): Storage | null {
  try {
    const store = globalThis[name];
    store.setItem("allclose:probe", "1");
    store.removeItem("allclose:probe");
    return store;
  } catch {
    return null;
  }
}
