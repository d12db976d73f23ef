/**
 * The problem page alive: an editor in place of the text area, panes, runs and attempts without leaving the page.
 *
 * Invariant: without this script the same page is a form that can be read, filled and sent.
 */
import { Drafts, NOBODY, type Store } from "./drafts";
import type { Hooks } from "./delivering";
import { found, setWaiting } from "./dom";
import { Editor, type Mark } from "./editor";
import { installExample } from "./example";
import { readInputs } from "./inputs";
import { Judging } from "./judging";
import { Keeping, storage } from "./keeping";
import { installSplitter, Tabs } from "./panes";
import { installParts, refresh } from "./parts";
import type { Kind } from "./progress";
import { LastSent, type Sent } from "./sent";
import { SigningIn } from "./signing-in";
import { t } from "../strings";

/** What a browser without storage has: the drafts of this page, for as long as it is open. */
class Forgetful implements Store {
  private readonly kept = new Map<string, string>();
  getItem = (key: string): string | null => this.kept.get(key) ?? null;
  setItem = (key: string, value: string): void => void this.kept.set(key, value);
  removeItem = (key: string): void => void this.kept.delete(key);
}

/**
 * Bring the page to life.
 *
 * @param root the workbench: its data say who looks at what.
 * @param enhance what is done to content that comes later, as to the whole page.
 */
export function mount(root: HTMLElement, enhance: (part: ParentNode) => void): void {
  const { slug = "", user = "", prefix = "", nonce = "", names = "[]" } = root.dataset;
  const form = found<HTMLFormElement>("#attempt-form");
  const area = found<HTMLTextAreaElement>("#source");
  const results = found<HTMLElement>("#result");
  const status = found<HTMLElement>("#said");
  const store = storage("localStorage");
  const here = `${prefix}/problems/${encodeURIComponent(slug)}`;
  const drafts = new Drafts(store ?? new Forgetful(), user || NOBODY, slug, crypto.randomUUID());
  const starter = root.dataset["starter"] ?? "";
  const restored = document.querySelector<HTMLElement>("#restored")?.textContent ?? null;

  const tabs = new Tabs(found(".pane-tabs"), root);
  tabs.show("statement");
  for (const splitter of root.querySelectorAll<HTMLElement>("[role=separator]")) {
    const room = splitter.closest<HTMLElement>("[data-room]") ?? root;
    installSplitter(splitter, room, { property: splitter.dataset["property"] ?? "", store });
  }

  const dialog = document.querySelector<HTMLDialogElement>("#sign-in-again");
  const signingIn =
    dialog &&
    new SigningIn(dialog, `${prefix}/api/v1`, user, (another) => {
      drafts.handOver(editor.source, another);
      location.reload();
    });
  const signIn = (): Promise<void> => {
    if (signingIn !== null) return signingIn.ask();
    keeping.flush();
    location.assign(root.dataset["signIn"] ?? "/");
    return new Promise(() => undefined); // the page is being left
  };
  const hooks: Hooks = { lost: () => undefined, back: () => undefined, signIn };

  const shown = (report: HTMLElement, sent: Sent): void => {
    enhance(report);
    // Of another text the lines would be others.
    const marks = editor.source === sent.source ? (report.dataset["marks"] ?? "[]") : "[]";
    editor.mark(JSON.parse(marks) as Mark[]);
  };
  const judged = (kind: Kind): void => {
    if (kind === "attempts") void refresh(here, "help", hooks).then(enhance);
  };
  const buttons = [...root.querySelectorAll<HTMLButtonElement>("[data-sends]")];
  const judging = new Judging(
    { api: `${prefix}/api/v1`, pages: prefix, problem: slug, room: results, status },
    {
      signIn,
      shown,
      judged,
      busy: (is) => {
        for (const each of buttons) setWaiting(each, is);
      },
    },
    new LastSent(storage("sessionStorage") ?? new Forgetful(), user, here),
  );
  const send = (kind: Kind, input?: unknown): void => {
    if (judging.isBusy) return;
    keeping.flush();
    if (user === "") {
      void signIn();
      return;
    }
    editor.mark([]);
    tabs.show("result");
    void judging.send(kind, editor.source, input);
  };
  const own = document.querySelector<HTMLDetailsElement>("#own-input");
  const run = (): void => send("runs");
  const submit = (): void => send("attempts");

  const editor: Editor = new Editor(found("#editor"), area, {
    nonce,
    label: t("script-editor"),
    description: t("script-editor-keys"),
    names: JSON.parse(names) as string[],
    changed: () => keeping.typed(),
    run,
    submit,
  });
  const keeping = new Keeping(editor, drafts, starter, {
    state: found("#draft-state"),
    notices: found("#draft-notices"),
  });
  keeping.start(restored);
  if (store === null) found("#draft-state").textContent = t("script-draft-not-kept");
  area.hidden = true;
  area.labels[0]?.setAttribute("hidden", "");
  for (const each of document.querySelectorAll<HTMLElement>("[data-live]")) each.hidden = false;
  root.classList.add("live");

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  found("#run").addEventListener("click", (event) => {
    event.preventDefault(); // without a script it sends the form
    run();
  });
  found("#reset").addEventListener("click", () => keeping.reset());
  own?.querySelector("#run-own")?.addEventListener("click", () => {
    const fields = own.querySelector<HTMLElement>("[data-entry]:not([hidden])");
    const inputs = fields && readInputs(fields);
    if (inputs !== null) send("runs", inputs);
  });
  own?.querySelector<HTMLSelectElement>("#own-entry")?.addEventListener("change", (event) => {
    const chosen = (event.target as HTMLSelectElement).value;
    for (const each of own.querySelectorAll<HTMLElement>("[data-entry]")) each.hidden = each.dataset["entry"] !== chosen;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
    event.preventDefault();
    if (event.shiftKey) submit();
    else run();
  });
  root.addEventListener("click", (event) => {
    const line = (event.target as HTMLElement).closest<HTMLElement>("[data-line]")?.dataset["line"];
    if (line === undefined) return;
    event.preventDefault();
    tabs.show("code");
    editor.goTo(Number(line));
  });
  document.querySelector("[data-to-editor]")?.addEventListener("click", (event) => {
    event.preventDefault(); // the text area that it leads to is hidden
    tabs.show("code");
    editor.view.focus();
  });
  installExample(`${prefix}/api/v1`, slug, hooks);
  installParts(hooks, () => ({ source: editor.source }), enhance);
  if (user !== "" && judging.resume(editor.source)) tabs.show("result");
}
