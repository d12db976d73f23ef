/**
 * The theme: as the system has it, or as the reader chose. The choice is a cookie, so that the server writes it into the
 * page and nothing flashes.
 */
const THEMES = ["system", "light", "dark"] as const;
type Theme = (typeof THEMES)[number];

const COOKIE = "allclose-theme";
const YEAR = 365 * 24 * 60 * 60;

/** Make the switch do something; without scripts it is not shown. */
export function installTheme(): void {
  const button = document.querySelector<HTMLButtonElement>("[data-theme-switch]");
  if (button === null) return;
  let theme = THEMES.find((each) => each === document.documentElement.dataset["theme"]) ?? "system";
  const show = (): void => {
    const label = button.dataset[theme] ?? "";
    button.setAttribute("aria-label", label);
    button.title = label;
    button.querySelector("use")?.setAttribute("href", `#icon-theme-${theme}`);
  };
  button.addEventListener("click", () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "system";
    keep(theme, button.dataset["path"] ?? "/");
    show();
  });
  show();
  button.hidden = false;
}

function keep(theme: Theme, path: string): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
  const age = theme === "system" ? 0 : YEAR;
  document.cookie = `${COOKIE}=${theme}; path=${path}; max-age=${age}; samesite=lax`;
}
