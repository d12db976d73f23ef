/** The worked example, run in its place: as a run whose own prints are what there is to see. */
import { t } from "../strings";
import { ask, Refused } from "./client";
import { deliver, type Hooks } from "./delivering";
import { element, icon, isWaiting, setWaiting } from "./dom";
import { follow, type Watcher } from "./following";
import { NotSignedIn } from "./signing-in";
import { visible } from "./text";

interface Run {
  id: string;
  report: { verdict: string | null; message: string; printed: string } | null;
  message: string | null;
}

const SILENT: Watcher = { queued: () => undefined, running: () => undefined, traced: () => undefined, judged: () => undefined };

/** Have the button of the worked example run it. */
export function installExample(api: string, problem: string, hooks: Hooks): void {
  const button = document.querySelector<HTMLButtonElement>("button[data-run-example]");
  const output = document.querySelector<HTMLElement>("[data-example-output]");
  if (button === null || output === null) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    if (isWaiting(button)) return;
    setWaiting(button, true);
    output.hidden = false;
    output.replaceChildren(element("p", "muted small", t("script-example-runs")));
    void run(api, problem, button.dataset["runExample"] ?? "", hooks)
      .then((shown) => output.replaceChildren(...shown))
      .finally(() => setWaiting(button, false));
  });
}

async function run(api: string, problem: string, source: string, hooks: Hooks): Promise<Node[]> {
  const { signal } = new AbortController();
  try {
    const key = crypto.randomUUID();
    const body = { problem, source };
    const queued = await deliver(
      async () => (await ask<Run>(`${api}/runs`, { method: "POST", body, key, signal })).body,
      hooks,
      signal,
    );
    const address = `${api}/runs/${queued.id}`;
    await follow(address, SILENT, hooks, signal);
    const { report, message } = (await deliver(() => ask<Run>(address, { signal }), hooks, signal)).body;
    const printed = visible(report?.printed ?? "").trimEnd();
    const failed = report?.message || (report === null ? (message ?? t("script-fault")) : "");
    const shown: Node[] = [];
    if (printed !== "") shown.push(element("pre", "output", printed));
    if (failed !== "") shown.push(alert("bad", "failed", visible(failed)));
    return shown.length > 0 ? shown : [element("p", "muted small", t("script-example-silent"))];
  } catch (error) {
    if (error instanceof Refused) return [alert("warn", "warning", `${error.title} ${error.detail}`)];
    if (error instanceof NotSignedIn) return [alert("warn", "warning", t("script-not-signed-in"))];
    throw error;
  }
}

function alert(tone: string, name: string, text: string): HTMLElement {
  return element("div", `alert ${tone}`, icon(name), element("p", "", text));
}
