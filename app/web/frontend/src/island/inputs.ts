/** Inputs of a run that somebody types: one field for each argument, in JSON. */
import { t } from "../strings";

/** The input that the fields below `form` make, or null; then the fields say what is wrong, and the first has focus. */
export function readInputs(form: HTMLElement): Record<string, unknown> | null {
  const made: Record<string, unknown> = {};
  let wrong: HTMLElement | null = null;
  for (const field of form.querySelectorAll<HTMLTextAreaElement>("textarea[data-argument]")) {
    const error = document.getElementById(`${field.id}-error`);
    try {
      made[field.dataset["argument"] ?? ""] = parse(field.value);
      field.removeAttribute("aria-invalid");
      if (error) error.textContent = "";
    } catch {
      field.setAttribute("aria-invalid", "true");
      if (error) error.textContent = t("script-input-not-json");
      wrong ??= field;
    }
  }
  wrong?.focus();
  return wrong === null ? made : null;
}

/** A value as JSON, or as Python writes it where the two differ by a word or a comma. */
export function parse(text: string): unknown {
  const plain = text.trim();
  try {
    return JSON.parse(plain);
  } catch {
    const json = plain
      .replace(/\bTrue\b/g, "true")
      .replace(/\bFalse\b/g, "false")
      .replace(/\bNone\b/g, "null")
      .replace(/(\d)\.(?=[\s,\])}]|$)/g, "$1.0")
      .replace(/,(?=\s*[\])}])/g, "")
      .replace(/\(/g, "[")
      .replace(/\)/g, "]");
    return JSON.parse(json);
  }
}
