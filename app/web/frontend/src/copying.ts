/** A button on each block of code that copies it. */

/** Give every block of code below `root` its button. */
export function addCopyButtons(root: ParentNode): void {
  const { copy = "", copied = "" } = document.body.dataset;
  for (const block of root.querySelectorAll<HTMLElement>(".code:not(:has(> .copy))")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy button quiet";
    button.textContent = copy;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(block.querySelector("pre")?.textContent ?? "");
      button.textContent = copied;
      setTimeout(() => (button.textContent = copy), 2000);
    });
    block.append(button);
  }
}
