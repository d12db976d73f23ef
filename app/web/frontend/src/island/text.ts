/**
 * What learners' code prints, as text that shows what is in it: colours of terminals are left out, other control
 * characters and those that change the order in which text is read are made visible.
 */

// An escape sequence of ECMA-48: a control sequence, an operating system command up to its end, or a single escape.
const ESCAPES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[ -/]*[0-~])/g;
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f]/g;
const OTHERS = /[\u0080-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** The text with nothing in it that a reader cannot see. */
export function visible(text: string): string {
  return text
    .replace(/\r\n/g, "\n")
    .replace(ESCAPES, "")
    .replace(CONTROLS, (control) =>
      control === "\u007f" ? "\u2421" : String.fromCharCode(0x2400 + control.charCodeAt(0)),
    )
    .replace(OTHERS, (other) => `[U+${other.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}]`);
}
