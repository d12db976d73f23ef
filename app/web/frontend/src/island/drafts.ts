/**
 * Drafts: what somebody has typed for a problem, kept in the browser as they type.
 *
 * Invariant: no text is lost to another. Where two versions meet (of two tabs, of before and after signing in, of an
 * attempt that is taken up again) the newer one is shown, and the other is kept among the earlier ones, from which it
 * can be brought back.
 */

/** The part of `Storage` that is used. */
export interface Store {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** One version: the text, when it was written (milliseconds since 1970), and the tab that wrote it. */
export interface Draft {
  source: string;
  at: number;
  tab: string;
}

/** What a change of the stored draft asks of the editor. */
export interface Change {
  source: string;
  /** Whether a text of this tab gave way to it, which can be brought back. */
  replaced: boolean;
}

/** Most earlier versions that are kept. */
const MOST = 10;
/** Whose drafts those are that were made before signing in. */
export const NOBODY = "anonymous";

/** The drafts of one user for one problem, as one tab sees them. */
export class Drafts {
  private seen: Draft | null = null;

  constructor(
    private readonly store: Store,
    private readonly user: string,
    private readonly slug: string,
    private readonly tab: string,
    private readonly now: () => number = Date.now,
  ) {}

  /** Where the draft is kept. */
  get key(): string {
    return keyOf(this.user, this.slug);
  }

  /** The draft to begin with, and whether another had to give way; null if there is none. */
  open(): Change | null {
    let own = read(this.store, this.key);
    let replaced = false;
    if (this.user !== NOBODY) {
      const before = read(this.store, keyOf(NOBODY, this.slug));
      if (before !== null) {
        const [newer, older] = own === null || own.at <= before.at ? [before, own] : [own, before];
        if (older !== null && older.source !== newer.source) {
          this.putAside(older);
          replaced = true;
        }
        own = newer;
        this.write(own);
        this.store.removeItem(keyOf(NOBODY, this.slug));
      }
    }
    this.seen = own;
    return own && { source: own.source, replaced };
  }

  /**
   * Keep what was typed. Whatever another tab has written unseen is put aside first.
   *
   * @returns whether something was.
   * @throws if the browser has no room, or keeps nothing.
   */
  keep(source: string): boolean {
    const stored = read(this.store, this.key);
    if (stored !== null && stored.source === source) {
      this.seen = stored;
      return false;
    }
    const unseen = stored !== null && stored.tab !== this.tab && stored.at !== this.seen?.at;
    if (unseen) this.putAside(stored);
    this.seen = { source, at: this.now(), tab: this.tab };
    this.write(this.seen);
    return unseen;
  }

  /**
   * What the editor is to show once another tab has written; null if nothing changes.
   *
   * @param current the editor's text.
   */
  changed(current: string): Change | null {
    const stored = read(this.store, this.key);
    if (stored === null || stored.tab === this.tab || stored.at === this.seen?.at) return null;
    const own = this.seen;
    this.seen = stored;
    if (stored.source === current) return null;
    // What this tab has shown without a change of its own is only an earlier state of the other one's text.
    const replaced = current !== own?.source || own.tab === this.tab;
    if (replaced) this.putAside({ source: current, at: own?.at ?? this.now(), tab: this.tab });
    return { source: stored.source, replaced };
  }

  /** Put a text aside, before another takes its place. */
  setAside(source: string): void {
    this.putAside({ source, at: this.now(), tab: this.tab });
  }

  /** Earlier versions, the latest first. */
  earlier(): Draft[] {
    return drafts(this.store.getItem(`${this.key}:earlier`));
  }

  /** Hand this text to another user of the same browser, who has just signed in here. */
  handOver(source: string, user: string): void {
    this.store.setItem(keyOf(user, this.slug), JSON.stringify({ source, at: this.now(), tab: this.tab }));
  }

  private putAside(draft: Draft): void {
    const others = this.earlier().filter(({ source }) => source !== draft.source);
    this.store.setItem(`${this.key}:earlier`, JSON.stringify([draft, ...others].slice(0, MOST)));
  }

  private write(draft: Draft): void {
    this.store.setItem(this.key, JSON.stringify(draft));
  }
}

function keyOf(user: string, slug: string): string {
  return `allclose:draft:${user}:${slug}`;
}

function read(store: Store, key: string): Draft | null {
  return drafts(`[${store.getItem(key) ?? ""}]`)[0] ?? null;
}

/** Drafts as they were stored; what is no draft, whoever wrote it, counts as nothing. */
function drafts(text: string | null): Draft[] {
  try {
    const found: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(found) ? found.filter(isDraft) : [];
  } catch {
    return [];
  }
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== "object" || value === null) return false;
  const { source, at, tab } = value as Record<string, unknown>;
  return typeof source === "string" && typeof at === "number" && typeof tab === "string";
}
