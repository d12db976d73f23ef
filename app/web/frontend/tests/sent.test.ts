import assert from "node:assert/strict";
import { test } from "node:test";
import type { Store } from "../src/island/drafts";
import { LastSent } from "../src/island/sent";

class Memory implements Store {
  readonly kept = new Map<string, string>();
  getItem = (key: string): string | null => this.kept.get(key) ?? null;
  setItem = (key: string, value: string): void => void this.kept.set(key, value);
  removeItem = (key: string): void => void this.kept.delete(key);
}

let clock = 0;
const page = (store: Store, user = "Ada"): LastSent => new LastSent(store, user, "p", () => clock);

test("a page that is loaded again finds what was sent, by the same key, until it is forgotten", () => {
  const store = new Memory();
  const sent = page(store).begin("runs", "text", { x: 1 });
  assert.deepEqual(page(store).get(), sent);
  page(store).end(sent);
  assert.deepEqual(page(store).get(), { ...sent, done: true });
  page(store).forget();
  assert.equal(page(store).get(), null);
});

test("nothing is told to another user, nor after an hour", () => {
  const store = new Memory();
  page(store).begin("attempts", "text");
  assert.equal(page(store, "Eve").get(), null);
  clock += 3_600_000;
  assert.equal(page(store).get(), null);
});

test("what was stored by something else counts as nothing", () => {
  for (const text of ["", "{", "null", "7", '{"kind":"attempts","source":"text"}']) {
    const store = new Memory();
    store.setItem("allclose:sent:Ada:p", text);
    assert.equal(page(store).get(), null);
  }
});

test("what there is no room for is not taken for what was sent before", () => {
  const store = new Memory();
  page(store).begin("attempts", "before");
  store.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  page(store).begin("attempts", "after");
  assert.equal(page(store).get(), null);
});
