// Tabs that do not fit scroll sideways: the open one is brought into sight, without moving the page.

function showOpenTabs() {
  for (const tabs of document.querySelectorAll(".tabs")) {
    const open = tabs.querySelector("[aria-current]");
    if (!open || tabs.scrollWidth <= tabs.clientWidth) continue;
    const [tab, room] = [open.getBoundingClientRect(), tabs.getBoundingClientRect()];
    tabs.scrollLeft += tab.left + tab.width / 2 - (room.left + room.width / 2);
  }
}

document.addEventListener("htmx:afterSwap", showOpenTabs);
showOpenTabs();
