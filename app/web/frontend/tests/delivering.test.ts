import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused, Unreachable } from "../src/island/client";
import { deliver, wait } from "../src/island/delivering";

// Browsers tell a page when they are online again.
const browser = new EventTarget();
globalThis.addEventListener = browser.addEventListener.bind(browser);
globalThis.removeEventListener = browser.removeEventListener.bind(browser);

type Step = Error | string;

/** Delivers what answers one step after the other; the log says what happened between. */
async function run(steps: Step[], signal = new AbortController().signal): Promise<{ result: string; log: string[] }> {
  const log: string[] = [];
  const hooks = {
    lost: (seconds: number) => void log.push(`lost ${seconds}`),
    back: () => void log.push("back"),
    signIn: async () => void log.push("sign in"),
  };
  const send = async (): Promise<string> => {
    const step = steps.shift();
    if (step === undefined || step instanceof Error) throw step;
    return step;
  };
  const result = await deliver(send, hooks, signal, async () => void log.push("pause"));
  return { result, log };
}

test("a connection that is cut is waited for, longer each time", async () => {
  const { result, log } = await run([new Unreachable(), new Unreachable(), "done"]);
  assert.equal(result, "done");
  assert.deepEqual(log, ["lost 1", "pause", "lost 2", "pause", "back"]);
});

test("a session that has ended is renewed, and the same is sent again", async () => {
  const { result, log } = await run([new Refused(401, "Sign in", ""), "done"]);
  assert.equal(result, "done");
  assert.deepEqual(log, ["sign in"]);
});

test("a service that is being restarted is asked again when it says", async () => {
  const { log } = await run([new Refused(503, "Away", "", 5), "done"]);
  assert.deepEqual(log, ["lost 5", "pause", "back"]);
});

test("what waiting does not mend is told", async () => {
  await assert.rejects(run([new Refused(422, "No", "")]), { status: 422 });
  await assert.rejects(run([new TypeError("a fault of ours")]), TypeError);
});

test("a browser that is online again is not kept waiting", async () => {
  const waiting = wait(60, new AbortController().signal);
  browser.dispatchEvent(new Event("online"));
  await waiting;
});

test("whoever waits can stop it", async () => {
  const stopping = new AbortController();
  const waiting = assert.rejects(wait(60, stopping.signal), { message: "enough" });
  stopping.abort(new Error("enough"));
  await waiting;
  await assert.rejects(wait(60, stopping.signal), { message: "enough" });
  await assert.rejects(run(["never sent"], stopping.signal), { message: "enough" });
});
