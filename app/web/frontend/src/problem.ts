/** The problem page's island: what happens between opening a problem and reading a verdict. */
import { addCopyButtons } from "./copying";
import { installHeatmaps } from "./heatmaps";
import { mount } from "./island/mount";
import { renderMath } from "./math";
import { localise } from "./times";

const root = document.querySelector<HTMLElement>("#island");
if (root !== null) {
  mount(root, (part) => {
    localise(part);
    addCopyButtons(part);
    installHeatmaps(part);
    void renderMath(part);
  });
}
