// The compare board: two panes in their own size scroll together, and the wipe's edge follows its slider.

let leader = null;

document.addEventListener(
  "scroll",
  (event) => {
    const pane = event.target.closest?.("[data-pane]");
    if (!pane || (leader && leader !== pane)) return;
    leader = pane;
    const share = (at, whole, seen) => (whole > seen ? at / (whole - seen) : 0);
    const right = share(pane.scrollLeft, pane.scrollWidth, pane.clientWidth);
    const down = share(pane.scrollTop, pane.scrollHeight, pane.clientHeight);
    for (const other of document.querySelectorAll("[data-board] [data-pane]")) {
      if (other === pane) continue;
      other.scrollLeft = right * (other.scrollWidth - other.clientWidth);
      other.scrollTop = down * (other.scrollHeight - other.clientHeight);
    }
    requestAnimationFrame(() => requestAnimationFrame(() => (leader = null)));
  },
  true,
);

document.addEventListener("input", (event) => {
  if (event.target.matches?.("[data-wipe-edge]")) {
    event.target.closest("[data-wipe]").style.setProperty("--edge", `${event.target.value}%`);
  }
});
