/**
 * What every page does once it is there: the theme, times in the reader's zone, formulas, copying, menus, and parts that
 * htmx fetches. Each page works without it.
 */
import htmx from "htmx.org";
import { addCopyButtons } from "./copying";
import { installHeatmaps } from "./heatmaps";
import { renderMath } from "./math";
import { closeMenus } from "./menus";
import { installTheme } from "./theme";
import { localise } from "./times";

// No code from attributes, which the page's policy forbids; no style element; no requests to elsewhere; and nothing of a
// page kept in the browser's storage, where the next person could read it.
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0;
htmx.config.refreshOnHistoryMiss = true;

/** Do what is to be done for new content, wherever it comes from. */
function enhance(root: ParentNode): void {
  localise(root);
  addCopyButtons(root);
  installHeatmaps(root);
  void renderMath(root);
}

installTheme();
closeMenus();
enhance(document);
document.addEventListener("htmx:load", (event) => {
  if (event.target instanceof HTMLElement && event.target !== document.body) enhance(event.target);
});
