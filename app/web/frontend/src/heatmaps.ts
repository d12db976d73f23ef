/**
 * Values of a heatmap's cells, by hovering and by keyboard.
 *
 * The server draws the three maps of a comparison, and the table that says the same in numbers; this reads the numbers
 * from there.
 */
/** Make the maps below `root` answer. */
export function installHeatmaps(root: ParentNode): void {
  for (const figure of root.querySelectorAll<HTMLElement>("[data-heatmaps]")) install(figure);
}

function install(figure: HTMLElement): void {
  const maps = [...figure.querySelectorAll<SVGSVGElement>("svg[data-map]")];
  const columns = Number(figure.dataset["columns"]);
  const told = figure.querySelector<HTMLElement>("[data-told]");
  const cells = [...figure.querySelectorAll<HTMLTableRowElement>("tbody tr")];
  const rows = Math.ceil(cells.length / columns);
  if (told === null || rows === 0) return;
  const start = Number(figure.dataset["first"] ?? 0);
  let at = start;
  const show = (place: number): void => {
    const cell = cells[place]; // the last row may not be full
    if (cell === undefined) return;
    at = place;
    const [row, column] = [Math.floor(place / columns), place % columns];
    for (const map of maps) {
      const cursor = map.querySelector(".cursor");
      cursor?.setAttribute("x", String(column));
      cursor?.setAttribute("y", String(row));
      cursor?.removeAttribute("visibility");
    }
    told.textContent = values(cell);
  };
  for (const map of maps) {
    map.addEventListener("pointermove", (event) => {
      const box = map.getBoundingClientRect();
      const column = Math.floor(((event.clientX - box.left) / box.width) * columns);
      const row = Math.floor(((event.clientY - box.top) / box.height) * rows);
      if (row >= 0 && row < rows && column >= 0 && column < columns) show(row * columns + column);
    });
    map.addEventListener("focus", () => show(at));
    map.addEventListener("keydown", (event) => {
      const [row, column] = [Math.floor(at / columns), at % columns];
      const moved: Record<string, readonly [number, number]> = {
        ArrowLeft: [row, column - 1],
        ArrowRight: [row, column + 1],
        ArrowUp: [row - 1, column],
        ArrowDown: [row + 1, column],
        Home: [row, 0],
        End: [row, columns - 1],
      };
      const to = moved[event.key];
      if (to === undefined) return;
      event.preventDefault();
      const inside = to[0] >= 0 && to[0] < rows && to[1] >= 0 && to[1] < columns;
      if (inside) show(to[0] * columns + to[1]);
    });
  }
}

/** What a row of the table says, with the words of the table's head. */
function values(row: HTMLTableRowElement): string {
  const heads = [...(row.closest("table")?.tHead?.rows[0]?.cells ?? [])].map((head) => head.textContent ?? "");
  const texts = [...row.cells].map((cell) => cell.firstChild?.textContent ?? "");
  const named = heads.slice(1).map((head, at) => `${head} ${texts[at + 1] ?? ""}`);
  return `${texts[0] ?? ""}: ${named.join(", ")}`;
}
