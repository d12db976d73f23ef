/** Formulas: KaTeX is loaded where there are any, and sets them through the DOM, for which the page's policy has room. */

/** Set every formula below `root`; one that KaTeX cannot read stays as it was written. */
export async function renderMath(root: ParentNode): Promise<void> {
  const found = [...root.querySelectorAll<HTMLElement>(".math:not([data-set])")];
  if (found.length === 0) return;
  const [{ default: katex }] = await Promise.all([import("katex"), loadStyle()]);
  for (const element of found) {
    const tex = element.textContent ?? "";
    element.dataset["set"] = "";
    try {
      katex.render(tex, element, { displayMode: element.tagName === "DIV", throwOnError: true, trust: false });
    } catch (error) {
      if (!(error instanceof katex.ParseError)) throw error;
      element.textContent = tex;
    }
  }
}

function loadStyle(): Promise<void> {
  const known = document.querySelector("link[data-math]");
  if (known !== null) return Promise.resolve();
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.dataset["math"] = "";
  link.href = new URL(MATH_STYLE, import.meta.url).href;
  return new Promise((resolve) => {
    // Without its style a formula is still there to read.
    link.addEventListener("load", () => resolve());
    link.addEventListener("error", () => resolve());
    document.head.append(link);
  });
}
