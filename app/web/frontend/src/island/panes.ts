/**
 * Panes beside each other, whose shares are moved by dragging or with the arrow keys; where there is no room, tabs.
 */

/** Smallest share of a pane, in percent. */
const LEAST = 15;
const STEP = 3;

/** What a splitter changes, and where the choice is kept. */
export interface Split {
  /** The property of the style sheet that has the first pane's share. */
  property: string;
  store: Storage | null;
}

/** Have `splitter`, an element of the role separator, move the share of the pane before it. */
export function installSplitter(splitter: HTMLElement, room: HTMLElement, { property, store }: Split): void {
  const across = splitter.getAttribute("aria-orientation") === "vertical";
  const start = Number(splitter.getAttribute("aria-valuenow"));
  const key = `allclose:pane:${property}`;
  const move = (percent: number): void => {
    const share = Math.round(Math.min(Math.max(percent, LEAST), 100 - LEAST));
    room.style.setProperty(property, `${share}%`);
    splitter.setAttribute("aria-valuenow", String(share));
    store?.setItem(key, String(share));
  };
  const kept = Number(store?.getItem(key) ?? Number.NaN);
  if (!Number.isNaN(kept) && kept > 0) move(kept);
  const at = (event: PointerEvent): number => {
    const box = room.getBoundingClientRect();
    return ((across ? event.clientX - box.left : event.clientY - box.top) / (across ? box.width : box.height)) * 100;
  };
  splitter.addEventListener("pointerdown", (event) => {
    splitter.setPointerCapture(event.pointerId);
    event.preventDefault();
    splitter.focus();
  });
  splitter.addEventListener("pointermove", (event) => {
    if (splitter.hasPointerCapture(event.pointerId)) move(at(event));
  });
  splitter.addEventListener("dblclick", () => move(start));
  splitter.addEventListener("keydown", (event) => {
    const now = Number(splitter.getAttribute("aria-valuenow"));
    const [less, more] = across ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
    const wanted = { [less]: now - STEP, [more]: now + STEP, Home: LEAST, End: 100 - LEAST }[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    move(wanted);
  });
}

/** Tabs that show one pane at a time where the page is too narrow for all. */
export class Tabs {
  private readonly tabs: HTMLElement[];

  constructor(
    list: HTMLElement,
    private readonly room: HTMLElement,
  ) {
    this.tabs = [...list.querySelectorAll<HTMLElement>("[role=tab]")];
    for (const tab of this.tabs) tab.addEventListener("click", () => this.show(tab.dataset["pane"] ?? ""));
    list.addEventListener("keydown", (event) => {
      const at = this.tabs.findIndex((tab) => tab === document.activeElement);
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (at === -1 || step === undefined) return;
      event.preventDefault();
      const next = this.tabs[(at + step + this.tabs.length) % this.tabs.length];
      next?.focus();
      next?.click();
    });
  }

  /** Show one pane; wide pages show all of them anyway. */
  show(pane: string): void {
    this.room.dataset["shown"] = pane;
    for (const tab of this.tabs) {
      const chosen = tab.dataset["pane"] === pane;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
  }
}
