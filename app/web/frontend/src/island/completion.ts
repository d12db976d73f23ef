/** Completion: the members of JAX's modules, and the problem's own names. What a name stands for is read from imports. */
import type { Completion, CompletionContext, CompletionResult, CompletionSource } from "@codemirror/autocomplete";
import { names } from "./names";

/** Names that people use without an import in sight. */
const USUAL: Record<string, string> = { jax: "jax", jnp: "jax.numpy" };
const IMPORT = /^[ \t]*import[ \t]+([\w.]+)(?:[ \t]+as[ \t]+(\w+))?/gm;
const FROM = /^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+\(?([\w \t,]+)/gm;
const KINDS = { f: "function", c: "class", v: "constant", m: "namespace" } as const;

/** What each name of the source stands for: a module, or a member of one. */
export function aliases(source: string): Map<string, string> {
  const found = new Map(Object.entries(USUAL));
  for (const [, module = "", as] of source.matchAll(IMPORT)) {
    if (as !== undefined) found.set(as, module);
    else found.set(module.split(".")[0] ?? module, module.split(".")[0] ?? module);
  }
  for (const [, module = "", members = ""] of source.matchAll(FROM)) {
    for (const member of members.split(",")) {
      const [name = "", as = name] = member.trim().split(/[ \t]+as[ \t]+/);
      if (name !== "") found.set(as, `${module}.${name}`);
    }
  }
  return found;
}

/** The module that a dotted name means, or null if it is none that is known. */
export function moduleOf(dotted: string, source: string): string | null {
  const [first = "", ...rest] = dotted.split(".");
  const start = aliases(source).get(first);
  const module = [start, ...rest].join(".");
  return start !== undefined && module in names ? module : null;
}

/** The members of a module. */
export function members(module: string): Completion[] {
  return Object.entries(names[module] ?? {}).flatMap(([kind, list]) =>
    list.split(" ").map((label) => ({ label, type: KINDS[kind as keyof typeof KINDS], detail: module })),
  );
}

/** Completes after a dot from modules, elsewhere from `own` names: the problem's, as the signature has them. */
export function completing(own: readonly string[]): CompletionSource {
  const ours: Completion[] = own.map((label) => ({ label, type: "variable", boost: 2 }));
  return (context: CompletionContext): CompletionResult | null => {
    const typed = context.matchBefore(/[A-Za-z_][\w.]*/);
    if (typed === null) return null;
    const dot = typed.text.lastIndexOf(".");
    const source = context.state.doc.toString();
    if (dot === -1) {
      const modules = [...aliases(source).keys()].map((label) => ({ label, type: "namespace" }));
      return { from: typed.from, options: [...ours, ...modules], validFor: /^\w*$/ };
    }
    const module = moduleOf(typed.text.slice(0, dot), source);
    if (module === null) return null;
    return { from: typed.from + dot + 1, options: members(module), validFor: /^\w*$/ };
  };
}
