/** Elements made in scripts. Text is only ever set as text. */

/** An element of this class with these children; strings become text. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className = "",
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className !== "") made.className = className;
  made.append(...children);
  return made;
}

/** An icon of the page's sprite; what it means is said beside it. */
export function icon(name: string): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

/** A button that does `action`. */
export function button(text: string, action: () => void, className = "button"): HTMLButtonElement {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", action);
  return made;
}

/** Have a control wait, or not. One that is disabled would lose the focus, and with it whoever pressed it by keyboard. */
export function setWaiting(control: Element, is: boolean): void {
  control.ariaDisabled = String(is);
}

/** Whether a control waits, and pressing it does nothing. */
export function isWaiting(control: Element): boolean {
  return control.ariaDisabled === "true";
}

/** The one element that this selector finds; the page is made with it. */
export function found<Kind extends Element>(selector: string, within: ParentNode = document): Kind {
  const only = within.querySelector<Kind>(selector);
  if (only === null) throw new Error(`The page has no ${selector}.`);
  return only;
}
