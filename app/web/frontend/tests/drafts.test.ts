import assert from "node:assert/strict";
import { test } from "node:test";
import { Drafts, NOBODY, type Store } from "../src/island/drafts";
import { Memory } from "./memory";

let clock = 0;
const tab = (store: Store, name: string, user = "Ada"): Drafts => new Drafts(store, user, "p", name, () => ++clock);
const sources = (drafts: Drafts): string[] => drafts.earlier().map(({ source }) => source);

test("what was typed is there when the page is opened again", () => {
  const store = new Memory();
  tab(store, "one").keep("text");
  assert.deepEqual(tab(store, "two").open(), { source: "text", replaced: false });
  assert.equal(tab(store, "three", "Eve").open(), null);
});

test("a tab that only watches takes over what another writes, and nothing is put aside", () => {
  const store = new Memory();
  const [one, two] = [tab(store, "one"), tab(store, "two")];
  one.keep("a");
  two.open();
  one.keep("ab");
  assert.deepEqual(two.changed("a"), { source: "ab", replaced: false });
  one.keep("abc");
  assert.deepEqual(two.changed("ab"), { source: "abc", replaced: false });
  assert.deepEqual(sources(two), []);
});

test("a tab with a text of its own shows the newer one, and can bring its own back", () => {
  const store = new Memory();
  const [one, two] = [tab(store, "one"), tab(store, "two")];
  one.keep("start");
  two.open();
  two.keep("mine");
  one.keep("yours");
  assert.deepEqual(two.changed("mine"), { source: "yours", replaced: true });
  assert.ok(sources(two).includes("mine"));
});

test("a tab that heard nothing of another puts that one's text aside before it writes its own", () => {
  const store = new Memory();
  const [one, two] = [tab(store, "one"), tab(store, "two")];
  one.keep("start");
  two.open();
  one.keep("theirs");
  assert.equal(two.keep("mine"), true);
  assert.deepEqual(sources(two), ["theirs"]);
});

test("one's own writing is no change, and the same text is none either", () => {
  const store = new Memory();
  const [one, two] = [tab(store, "one"), tab(store, "two")];
  one.keep("a");
  assert.equal(one.changed("a"), null);
  two.keep("a");
  assert.equal(one.changed("a"), null);
});

test("what was typed before signing in comes along, and a newer draft keeps its place", () => {
  const store = new Memory();
  tab(store, "one", NOBODY).keep("before");
  assert.deepEqual(tab(store, "one").open(), { source: "before", replaced: false });
  assert.equal(tab(store, "one", NOBODY).open(), null);
  const two = tab(store, "two");
  two.open();
  tab(store, "one", NOBODY).keep("older");
  two.keep("newer");
  const drafts = tab(store, "three");
  assert.deepEqual(drafts.open(), { source: "newer", replaced: true });
  assert.deepEqual(sources(drafts), ["older"]);
});

test("whoever signs in as somebody else finds the text there", () => {
  const store = new Memory();
  tab(store, "one").handOver("text", "Eve");
  assert.equal(tab(store, "one", "Eve").open()?.source, "text");
});

test("what is stored and is no draft counts as nothing", () => {
  for (const text of ["", "{", "null", "[]", '"text"', '{"source":1,"at":1,"tab":"x"}']) {
    const store = new Memory();
    const drafts = tab(store, "one");
    store.setItem(drafts.key, text);
    store.setItem(`${drafts.key}:earlier`, text);
    assert.equal(drafts.open(), null);
    assert.deepEqual(drafts.earlier(), []);
    drafts.keep("kept");
    assert.equal(tab(store, "two").open()?.source, "kept");
  }
});

test("only so many earlier versions are kept, each once", () => {
  const drafts = tab(new Memory(), "one");
  for (let number = 0; number < 30; number += 1) drafts.setAside(`version ${number % 15}`);
  assert.equal(drafts.earlier().length, 10);
  assert.equal(new Set(sources(drafts)).size, 10);
});
