// Keyboard shortcuts are declared where they act: data-key="f" or "g a"; `?` lists what is really on the page.

const SEQUENCE = 1200;
let prefix = "";
let prefixTimer = 0;

const isTyping = (target) =>
  target.closest?.("input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable]");

const isShown = (element) =>
  Boolean(element.offsetParent ?? element.closest("dialog[open], .float, .side")) && element.getClientRects().length > 0;
const scope = () => document.querySelector("dialog[open]") ?? document;

function label(element) {
  const words = (element.labels?.[0] ?? element).cloneNode(true);
  words.querySelectorAll("kbd, .badge").forEach((part) => part.remove());
  return (element.dataset.keyLabel ?? element.getAttribute("aria-label") ?? words.textContent).trim().replace(/\s+/g, " ").slice(0, 60);
}

function act(element) {
  if (element.matches("input, select, textarea")) {
    element.focus();
    element.select?.();
  } else element.click();
}

function find(key) {
  const current = document.activeElement?.closest?.("[data-row]") ?? document.querySelector("[data-row].current");
  const inRow = [...(current?.querySelectorAll(`[data-row-key="${CSS.escape(key)}"]`) ?? [])];
  const anywhere = [...scope().querySelectorAll(`[data-key="${CSS.escape(key)}"]`)];
  const usable = (element) => !element.disabled && isShown(element);
  // Of several on the page the last one counts: the newest toast's Undo.
  return inRow.find(usable) ?? anywhere.filter(usable).pop();
}

// Enter presses what has the focus, and arrows scroll or move what has it, before they mean anything else.
function isTaken({ key, target }) {
  if (key === "Enter") return Boolean(target.closest?.("a[href]:not([aria-current]), button, summary"));
  return key.startsWith("Arrow") && Boolean(target.closest?.("[data-pane], [data-crop-stage], [role=tablist]"));
}

function remember(key) {
  prefix = `${key} `;
  clearTimeout(prefixTimer);
  prefixTimer = setTimeout(() => (prefix = ""), SEQUENCE);
}

// Every key with its words, row keys included, each once and in the order of the page; of a dialog its own alone.
function declared(root = document) {
  const keys = new Map();
  const rows = root.querySelectorAll("[data-rows] [data-row]");
  if (rows.length) keys.set("j", "Next row").set("k", "Previous row").set("Enter", "Open the row");
  for (const element of root.querySelectorAll("[data-row-key]")) keys.set(element.dataset.rowKey, label(element));
  for (const element of root.querySelectorAll("[data-key]")) if (isShown(element)) keys.set(element.dataset.key, label(element));
  return keys.set("?", "This list").set("Esc", "Close, cancel");
}

const GLYPHS = { ArrowLeft: "←", ArrowRight: "→" };

function drawKeys(parent, keys) {
  for (const key of keys.split(" ")) {
    const kbd = document.createElement("kbd");
    kbd.textContent = GLYPHS[key] ?? key;
    parent.append(kbd, " ");
  }
}

function openHelp(dialog) {
  const list = dialog.querySelector("[data-key-list]");
  list.replaceChildren();
  for (const [key, text] of declared()) {
    const [line, term, keys] = ["div", "dt", "dd"].map((name) => document.createElement(name));
    term.textContent = text;
    drawKeys(keys, key);
    line.append(term, keys);
    list.append(line);
  }
  dialog.showModal();
}

function drawLegends() {
  for (const legend of document.querySelectorAll("[data-key-legend]")) {
    legend.querySelectorAll("[data-drawn]").forEach((line) => line.remove());
    const most = legend.dataset.keyLegend === "all" ? 20 : 9;
    for (const [key, text] of [...declared(legend.closest("dialog") ?? document)].filter(([keys]) => !keys.startsWith("g ") && keys !== "[").slice(0, most)) {
      const line = document.createElement("span");
      line.dataset.drawn = "";
      drawKeys(line, key);
      line.append(text.toLowerCase());
      legend.append(line);
    }
  }
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || isTaken(event)) return;
  const help = document.querySelector("[data-key-help]");
  if (event.key === "?" && help && !help.open) {
    event.preventDefault();
    openHelp(help);
    return;
  }
  const key = prefix + event.key;
  prefix = "";
  const element = find(key);
  if (element) {
    event.preventDefault();
    act(element);
  } else if (event.key.length === 1 && document.querySelector(`[data-key^="${CSS.escape(event.key)} "]`)) remember(event.key);
});

drawLegends();
document.addEventListener("htmx:afterSettle", drawLegends);
