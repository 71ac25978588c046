// <details data-menu> behaves like a menu: one open at a time, closed by Esc, by a click outside, by choosing.

const openMenus = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    const inside = menu.contains(event.target);
    if (!inside || (event.target.closest("a, button") && !event.target.closest("[data-keeps-open]"))) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.("details[data-menu][open]") ?? openMenus()[0];
  if (!menu) return;
  if (event.key === "Escape") {
    menu.open = false;
    menu.querySelector("summary").focus();
    event.preventDefault();
  } else if (["ArrowDown", "ArrowUp"].includes(event.key) && menu.contains(event.target) && !event.target.matches("select, [type=search]")) {
    const items = [...menu.querySelectorAll("a, button, input")].filter((item) => item.getClientRects().length > 0);
    const next = items.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    items[(next + items.length) % items.length]?.focus();
    event.preventDefault();
  }
});
