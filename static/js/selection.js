// Selection over pages, sorts and views: ticks live in sessionStorage; "all matching" is a query, not a list of ids.

const forms = () => document.querySelectorAll("form[data-selection]");
const storeKey = (form) => `stillwater.selection.${form.dataset.selection}`;
const boxes = (form) => [...form.querySelectorAll("[data-select]")];
let anchor = null;

const EMPTY = { scope: "", ids: [], all: false };

function load(form) {
  const saved = JSON.parse(sessionStorage.getItem(storeKey(form)) ?? "null");
  // Another filter means another list: ticks made there would act on rows nobody sees here.
  if (!saved || saved.scope !== (form.dataset.selectionScope ?? "")) return { ...EMPTY, ids: new Set() };
  return { ...saved, ids: new Set(saved.ids) };
}

function save(form, { ids, all }) {
  const scope = form.dataset.selectionScope ?? "";
  sessionStorage.setItem(storeKey(form), JSON.stringify({ scope, ids: [...ids], all }));
  draw(form);
}

function field(form, name, value) {
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", name, value });
  input.dataset.selectionField = "";
  form.append(input);
}

// The ticks of other pages travel as hidden fields; all-matching travels as one word.
function writeFields(form, { ids, all }) {
  form.querySelectorAll("[data-selection-field]").forEach((input) => input.remove());
  if (all) return field(form, "all_matching", "1");
  const here = new Set(boxes(form).map((box) => box.value));
  for (const id of ids) if (!here.has(id)) field(form, "ids", id);
}

function words({ ids, all }, here, total) {
  if (all) return `All ${Number(total).toLocaleString()} selected`;
  const elsewhere = ids.size - here;
  return elsewhere ? `${ids.size} selected (${here} here, ${elsewhere} elsewhere)` : `${ids.size} selected`;
}

function draw(form) {
  const state = load(form);
  const ticks = boxes(form);
  for (const box of ticks) box.checked = state.all || state.ids.has(box.value);
  const here = ticks.filter((box) => box.checked).length;
  for (const head of form.querySelectorAll("[data-select-page]")) {
    head.checked = ticks.length > 0 && here === ticks.length;
    head.indeterminate = here > 0 && here < ticks.length;
  }
  const bar = form.querySelector("[data-bulk]");
  if (bar) bar.hidden = !state.all && state.ids.size === 0;
  const count = form.querySelector("[data-bulk-count]");
  const text = words(state, here, form.dataset.selectionTotal ?? ticks.length);
  if (count && count.textContent !== text) count.textContent = text;
  const matching = form.querySelector("[data-select-matching]");
  if (matching) matching.hidden = state.all || Number(form.dataset.selectionTotal ?? 0) <= state.ids.size;
  writeFields(form, state);
}

function tick(form, chosen, on) {
  const state = load(form);
  if (state.all) {
    state.all = false;
    state.ids = new Set(boxes(form).map((box) => box.value));
  }
  for (const box of chosen) state.ids[on ? "add" : "delete"](box.value);
  save(form, state);
}

function range(form, box) {
  const all = boxes(form);
  const [from, to] = [all.indexOf(anchor), all.indexOf(box)].sort((a, b) => a - b);
  return from < 0 ? [box] : all.slice(from, to + 1);
}

document.addEventListener("click", (event) => {
  const form = event.target.closest?.("form[data-selection]");
  if (!form) return;
  if (event.target.matches("[data-select]")) {
    tick(form, event.shiftKey ? range(form, event.target) : [event.target], event.target.checked);
    anchor = event.target;
  } else if (event.target.matches("[data-select-page]")) tick(form, boxes(form), event.target.checked);
  else if (event.target.closest("[data-select-matching]")) save(form, { ids: new Set(), all: true });
  else if (event.target.closest("[data-select-none]")) save(form, { ids: new Set(), all: false });
});

const drawAll = () => forms().forEach(draw);
document.addEventListener("htmx:afterSettle", drawAll);
document.addEventListener("selection:clear", () => forms().forEach((form) => save(form, { ids: new Set(), all: false })));
drawAll();
