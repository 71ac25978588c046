// Which columns of a table somebody wants to see, kept in this browser.

const key = (menu) => `stillwater.columns.${menu.dataset.columns}`;
const hiddenColumns = (menu) => new Set(JSON.parse(localStorage.getItem(key(menu)) ?? "[]"));

function apply(menu) {
  const hidden = hiddenColumns(menu);
  for (const box of menu.querySelectorAll("[data-column-toggle]")) {
    const name = box.dataset.columnToggle;
    box.checked = !hidden.has(name);
    for (const cell of document.querySelectorAll(`[data-column="${CSS.escape(name)}"]`)) cell.hidden = hidden.has(name);
  }
}

const applyAll = () => document.querySelectorAll("[data-columns]").forEach(apply);

document.addEventListener("change", (event) => {
  const menu = event.target.closest?.("[data-columns]");
  if (!menu || !event.target.matches("[data-column-toggle]")) return;
  const hidden = hiddenColumns(menu);
  hidden[event.target.checked ? "delete" : "add"](event.target.dataset.columnToggle);
  localStorage.setItem(key(menu), JSON.stringify([...hidden]));
  apply(menu);
});

document.addEventListener("htmx:afterSwap", applyAll);
applyAll();
