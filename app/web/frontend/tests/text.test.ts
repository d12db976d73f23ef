import assert from "node:assert/strict";
import { test } from "node:test";
import { aliases, members, moduleOf } from "../src/island/completion";
import { parse } from "../src/island/inputs";
import { visible } from "../src/island/text";

test("what cannot be seen is made visible, and colours of terminals are left out", () => {
  assert.equal(visible("\u001b[1;31mred\u001b[0m"), "red");
  assert.equal(visible("\u001b]0;title\u0007red"), "red");
  assert.equal(visible("a\r\nb\tc\u0000\u007f\u202e"), "a\nb\tc\u2400\u2421[U+202E]");
});

test("names stand for what is imported", () => {
  const source = "import jax.numpy as np\nfrom jax import lax, random as r\nimport jax\n";
  assert.equal(aliases(source).get("r"), "jax.random");
  assert.equal(moduleOf("np", source), "jax.numpy");
  assert.equal(moduleOf("np.linalg", source), "jax.numpy.linalg");
  assert.equal(moduleOf("lax", source), "jax.lax");
  assert.equal(moduleOf("x", source), null);
  assert.equal(moduleOf("jnp", ""), "jax.numpy");
});

test("members of modules are there to complete", () => {
  const known = (module: string): string[] => members(module).map(({ label }) => label);
  assert.ok(known("jax").includes("vmap"));
  assert.ok(known("jax.lax").includes("scan"));
  assert.ok(known("jax.random").includes("split"));
  assert.deepEqual(known("numpy"), []);
});

test("inputs are read as JSON, or as Python writes them", () => {
  assert.deepEqual(parse(" [1, 2.5] "), [1, 2.5]);
  assert.deepEqual(parse("[1., 2.,]"), [1, 2]);
  assert.deepEqual(parse("(True, None)"), [true, null]);
  assert.equal(parse('"True (1.)"'), "True (1.)");
  assert.throws(() => parse("1, 2"));
  assert.throws(() => parse(""));
});
