/**
 * Parts of the page that come anew from the server: the ladder of hints, and the solution. Their forms work without
 * scripts too; with them only the part is exchanged.
 */
import { page, Refused } from "./client";
import { deliver, type Hooks } from "./delivering";
import { element, icon, isWaiting, setWaiting } from "./dom";
import { NotSignedIn } from "./signing-in";

const NEVER = new AbortController().signal;

/**
 * Fetch the page at `address` anew, and take the element of this id from it. What had the focus in the old one is gone:
 * the same section of the new one has it then.
 */
export async function refresh(address: string, id: string, hooks: Hooks, init: RequestInit = {}): Promise<HTMLElement> {
  const got = await deliver(() => page(address, init), hooks, NEVER);
  const fresh = got.getElementById(id);
  const old = document.getElementById(id);
  if (fresh === null || old === null) throw new Error(`There is no ${id} at ${address}.`);
  const part = document.adoptNode(fresh);
  const section = old.contains(document.activeElement) ? document.activeElement?.closest("section[id]")?.id : undefined;
  old.replaceWith(part);
  if (section !== undefined) take(part.querySelector<HTMLElement>(`#${section}`) ?? part);
  return part;
}

function take(element: HTMLElement): void {
  element.tabIndex = -1;
  element.focus();
}

/**
 * Have forms with the attribute `data-part` exchange only the part of that id.
 *
 * @param fields what else is sent, such as the editor's text.
 * @param shown called with the new part.
 */
export function installParts(
  hooks: Hooks,
  fields: () => Record<string, string>,
  shown: (part: HTMLElement) => void,
): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const id = form.dataset["part"];
    if (id === undefined) return;
    event.preventDefault();
    if ([...form.querySelectorAll("button")].some(isWaiting)) return;
    void exchange(form, id, hooks, fields).then((part) => part && shown(part));
  });
}

async function exchange(
  form: HTMLFormElement,
  id: string,
  hooks: Hooks,
  fields: () => Record<string, string>,
): Promise<HTMLElement | null> {
  const buttons = form.querySelectorAll("button");
  for (const control of buttons) setWaiting(control, true);
  form.querySelector(".alert")?.remove();
  try {
    return await refresh(form.action, id, hooks, { method: "POST", body: new URLSearchParams(fields()) });
  } catch (error) {
    if (error instanceof Refused) {
      const alert = element("div", "alert warn", icon("warning"), element("p", "", error.detail || error.title));
      alert.setAttribute("role", "alert");
      form.append(alert);
    } else if (!(error instanceof NotSignedIn)) throw error;
    return null;
  } finally {
    for (const control of buttons) setWaiting(control, false);
  }
}
