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

/** What htmx tells of a request that was refused. */
interface Refused {
  requestConfig: { verb: string };
  pathInfo: { finalRequestPath: string };
}

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
// Where a row of tabs is wider than a phone, the one that is open is seen.
for (const open of document.querySelectorAll("nav [aria-current]")) {
  open.scrollIntoView({ block: "nearest", inline: "nearest" });
}
document.addEventListener("htmx:configRequest", (event) => {
  // By this the server tells readers of pages from clients of its API.
  (event as CustomEvent<{ headers: Record<string, string> }>).detail.headers["Accept"] = "text/html";
});
document.addEventListener("htmx:responseError", (event) => {
  // The server has a page that says what is wrong.
  const { requestConfig, pathInfo } = (event as CustomEvent<Refused>).detail;
  if (requestConfig.verb === "get") location.assign(pathInfo.finalRequestPath);
});
document.addEventListener("htmx:load", (event) => {
  if (event.target instanceof HTMLElement && event.target !== document.body) enhance(event.target);
});
