/**
 * Signing in again where a session has ended, without leaving the page.
 *
 * Invariant: nothing of the page is lost by it. Whoever signs in as somebody else gets their own page, and the text with
 * them.
 */
import { t } from "../strings";
import { ask, Refused } from "./client";
import { found } from "./dom";

/** Whoever was asked to sign in would rather not. */
export class NotSignedIn extends Error {}

interface Account {
  name: string;
}

/** The dialog of a page. */
export class SigningIn {
  private waiting: Promise<void> | null = null;

  constructor(
    private readonly dialog: HTMLDialogElement,
    private readonly api: string,
    private readonly user: string,
    /** Somebody else has signed in. */
    private readonly another: (user: string) => void,
  ) {}

  /** Resolves once the same user is signed in again; rejects with `NotSignedIn` if they close the dialog. */
  ask(): Promise<void> {
    this.waiting ??= this.open().finally(() => (this.waiting = null));
    return this.waiting;
  }

  private open(): Promise<void> {
    const { dialog } = this;
    const form = found<HTMLFormElement>("form", dialog);
    const error = found<HTMLElement>("[role=alert]", dialog);
    const ended = new AbortController();
    const { signal } = ended;
    error.textContent = "";
    dialog.showModal();
    return new Promise<void>((resolve, reject) => {
      const enter = async (request: () => Promise<Account>): Promise<void> => {
        error.textContent = "";
        try {
          const account = await request();
          if (account.name !== this.user) this.another(account.name);
          else resolve();
        } catch (refusal) {
          error.textContent = refusal instanceof Refused ? refusal.detail : t("script-lost");
        }
      };
      form.addEventListener(
        "submit",
        (event) => {
          event.preventDefault();
          const fields = new FormData(form);
          const body = { name: String(fields.get("name")), password: String(fields.get("password")) };
          void enter(async () => (await ask<Account>(`${this.api}/session`, { method: "POST", body })).body);
        },
        { signal },
      );
      found<HTMLElement>("[data-elsewhere-done]", dialog).addEventListener(
        "click",
        () => void enter(async () => (await ask<Account>(`${this.api}/account`)).body),
        { signal },
      );
      found<HTMLElement>("[data-close]", dialog).addEventListener("click", () => dialog.close(), { signal });
      dialog.addEventListener("close", () => reject(new NotSignedIn()), { signal });
    }).finally(() => {
      ended.abort();
      form.reset();
      dialog.close();
    });
  }
}
