/** Shows the island, which is hidden where scripts are off. */
export function mount(root: HTMLElement): void {
  root.hidden = false;
}
