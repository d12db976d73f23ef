/** What scripts say, from the one catalogue of strings. */
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import catalogue from "../../strings/en.ftl";

const bundle = new FluentBundle("en", { useIsolating: true });
bundle.addResource(new FluentResource(catalogue));

/** The message of this id, with its variables filled in. */
export function t(id: string, values?: Record<string, FluentVariable>): string {
  const message = bundle.getMessage(id);
  if (!message?.value) throw new Error(`There is no message ${id}.`);
  return bundle.formatPattern(message.value, values);
}
