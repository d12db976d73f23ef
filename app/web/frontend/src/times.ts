/** Moments, which the server writes in UTC, in the reader's own zone and manner. */
const SHOWN = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** Rewrite every moment below `root`; its title keeps what the server wrote. */
export function localise(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLTimeElement>("time[datetime]:not([title])")) {
    const moment = new Date(element.dateTime);
    if (Number.isNaN(moment.getTime())) continue;
    element.title = element.textContent ?? "";
    element.textContent = SHOWN.format(moment);
  }
}
