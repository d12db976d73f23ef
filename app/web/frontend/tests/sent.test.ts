import assert from "node:assert/strict";
import { test } from "node:test";
import type { Store } from "../src/island/drafts";
import { LastSent } from "../src/island/sent";
import { Memory } from "./memory";

let clock = 0;
const page = (store: Store, user = "Ada"): LastSent => new LastSent(store, user, "/problems/p", () => clock);

test("a page that is loaded again finds what is judged, whatever the editor shows, and afterwards its report", () => {
  const store = new Memory();
  const sent = page(store).begin("runs", "text", { x: 1 });
  page(store).made(sent, "r1");
  assert.deepEqual(page(store).get("other"), { ...sent, id: "r1" });
  page(store).end(sent, "r1");
  assert.deepEqual(page(store).get("text"), { ...sent, id: "r1", done: true });
  assert.equal(page(store).get("other"), null);
  page(store).forget();
  assert.equal(page(store).get("text"), null);
});

test("what may not have arrived is sent again soon, and only if it is what the editor shows", () => {
  const store = new Memory();
  const sent = page(store).begin("attempts", "text");
  assert.equal(page(store).get("other"), null);
  assert.deepEqual(page(store).get("text"), sent);
  clock += 120_000;
  assert.equal(page(store).get("text"), null);
});

test("nothing is told to another user, nor after an hour", () => {
  const store = new Memory();
  page(store).made(page(store).begin("attempts", "text"), "a1");
  assert.equal(page(store, "Eve").get("text"), null);
  clock += 3_599_999;
  assert.notEqual(page(store).get("text"), null);
  clock += 1;
  assert.equal(page(store).get("text"), null);
});

test("what was stored by something else counts as nothing", () => {
  for (const text of ["", "{", "null", "7", '{"kind":"attempts","source":"text"}']) {
    const store = new Memory();
    store.setItem("allclose:sent:Ada:/problems/p", text);
    assert.equal(page(store).get("text"), null);
  }
});

test("what there is no room for is not taken for what was sent before", () => {
  const store = new Memory();
  page(store).begin("attempts", "before");
  store.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  page(store).begin("attempts", "after");
  assert.equal(page(store).get("before"), null);
});
