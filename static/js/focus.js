// Where the focus was, so that it never falls back to the body when its element is replaced.

const CONTROLS = "a[href], button:enabled, input:enabled:not([type=hidden]), select:enabled, textarea:enabled, summary";

let focused = null;

const controlsOf = (place) => [...place.querySelectorAll(CONTROLS)].filter((control) => control.getClientRects().length > 0);

// Every named place around it, the innermost first, and the how-manieth control of that place it is.
function placesAround(element) {
  const places = [];
  for (let place = element.parentElement?.closest("[id]"); place; place = place.parentElement?.closest("[id]")) {
    places.push({ id: place.id, position: controlsOf(place).indexOf(element) });
  }
  return places;
}

function remember() {
  const active = document.activeElement;
  if (!active || active === document.body) return;
  const row = active.closest("[data-row]");
  const rows = row ? [...(row.closest("[data-rows]")?.querySelectorAll("[data-row]") ?? [])] : [];
  focused = {
    element: active,
    key: active.dataset.focusKey,
    id: active.id,
    rowsId: row?.closest("[data-rows]")?.id,
    position: rows.indexOf(row),
    places: placesAround(active),
    start: "selectionStart" in active ? active.selectionStart : null,
  };
}

const byKey = ({ key }) => (key ? document.querySelector(`[data-focus-key="${CSS.escape(key)}"]`) : null);
const byId = ({ id }) => (id ? document.getElementById(id) : null);

// A row that went away hands the focus to the row that took its place.
function neighbour({ rowsId, position }) {
  if (position < 0) return null;
  const rows = document.querySelectorAll(`${rowsId ? `#${CSS.escape(rowsId)}` : "[data-rows]"} [data-row]`);
  return rows[Math.min(position, rows.length - 1)];
}

// So does a control, within the innermost place that is still there.
function successor({ places }) {
  for (const { id, position } of places) {
    const controls = position < 0 ? [] : controlsOf(document.getElementById(id) ?? document.createElement("div"));
    if (controls.length) return controls[Math.min(position, controls.length - 1)];
  }
  return null;
}

// What is hidden takes no focus: then the next one is asked.
function takes(element, options) {
  element?.focus(options);
  return Boolean(element) && document.activeElement === element;
}

function restore(root) {
  const wanted = root.querySelector?.("[data-focus-here]");
  const lost = focused && !focused.element.isConnected && document.activeElement === document.body;
  if (!wanted && !lost) return;
  if (!takes(wanted) && focused) {
    const next = [byKey, byId, neighbour, successor].map((find) => find(focused)).find((one) => takes(one, { preventScroll: true }));
    if (focused.start !== null && next?.setSelectionRange && next.type !== "number") next.setSelectionRange(focused.start, focused.start);
  }
  if (document.activeElement === document.body) document.getElementById("main")?.focus({ preventScroll: true });
  focused = null;
}

document.addEventListener("htmx:beforeSwap", remember);
document.addEventListener("htmx:afterSettle", (event) => restore(event.detail.elt ?? document.body));
