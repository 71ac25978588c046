// Roving through [data-rows]: j and k (or the arrows) move, Enter or o opens, x or Space ticks.

const isTyping = (target) =>
  target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable], dialog, [data-tree], [data-menu]");

const visibleRows = () => [...document.querySelectorAll("[data-rows] [data-row]")].filter((row) => row.getClientRects().length > 0);

function move(step) {
  const rows = visibleRows();
  if (!rows.length) return;
  const here = rows.indexOf(document.activeElement?.closest?.("[data-row]"));
  const next = rows[here < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, here + step))];
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

const ACTIONS = {
  j: () => move(1),
  k: () => move(-1),
  Enter: (row) => row?.querySelector("[data-row-link]")?.click(),
  o: (row) => row?.querySelector("[data-row-link]")?.click(),
  x: (row) => row?.querySelector("[data-select]")?.click(),
  " ": (row) => row?.querySelector("[data-select]")?.click(),
  ArrowDown: (row) => row && move(1),
  ArrowUp: (row) => row && move(-1),
};
const ON_THE_ROW_ONLY = new Set(["Enter", " ", "ArrowDown", "ArrowUp"]);

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (!(event.key in ACTIONS) || isTyping(event.target)) return;
  const row = event.target.closest?.("[data-row]");
  // On a button inside the row these keys belong to the button.
  if (ON_THE_ROW_ONLY.has(event.key) && event.target !== row) return;
  // A key that the row declares for itself wins (keys.js).
  if (row?.querySelector(`[data-row-key="${CSS.escape(event.key)}"]`)) return;
  if (!row && !"jk".includes(event.key)) return;
  event.preventDefault();
  ACTIONS[event.key](row);
});
