// Selection over pages, sorts and views: ticks live in sessionStorage; "all matching" is a query, not a list of ids.

const areas = () => document.querySelectorAll("[data-selection]");
const bulkForm = (area) => area.querySelector("form[data-bulk]");
const storeKey = (area) => `stillwater.selection.${area.dataset.selection}`;
const boxes = (area) => [...area.querySelectorAll("[data-select]")];
let anchor = null;

const EMPTY = { scope: "", ids: [], all: false };

const scopeOf = (area) => area.dataset.selectionScope ?? "";
const saved = (area) => JSON.parse(sessionStorage.getItem(storeKey(area)) ?? "null") ?? EMPTY;

function load(area) {
  const state = saved(area);
  // Another filter means another list: ticks made there would act on rows nobody sees here.
  return state.scope === scopeOf(area) ? { ...state, ids: new Set(state.ids) } : { ...EMPTY, ids: new Set() };
}

// The ids ticked under another filter, until somebody says whether they still count.
const left = (area) => (saved(area).scope === scopeOf(area) ? [] : saved(area).ids);

function save(area, { ids, all }) {
  sessionStorage.setItem(storeKey(area), JSON.stringify({ scope: scopeOf(area), ids: [...ids], all }));
  draw(area);
}

function field(area, name, value) {
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", name, value });
  input.dataset.selectionField = "";
  bulkForm(area)?.append(input);
}

// The ticks of other pages travel as hidden fields; all-matching travels as one word.
function writeFields(area, { ids, all }) {
  area.querySelectorAll("[data-selection-field]").forEach((input) => input.remove());
  if (all) return field(area, "all_matching", "1");
  const here = new Set(boxes(area).map((box) => box.value));
  for (const id of ids) if (!here.has(id)) field(area, "ids", id);
}

function words({ ids, all }, here, total) {
  if (all) return `All ${Number(total).toLocaleString()} selected`;
  const elsewhere = ids.size - here;
  return elsewhere ? `${ids.size} selected (${here} here, ${elsewhere} elsewhere)` : `${ids.size} selected`;
}

function drawLeft(area) {
  const question = area.querySelector("[data-selection-left]");
  if (!question) return;
  const count = left(area).length;
  question.hidden = count === 0;
  const text = count ? `${count} selected under another filter` : "";
  const place = question.querySelector("[data-selection-left-words]");
  if (place.textContent !== text) place.textContent = text;
}

function draw(area) {
  drawLeft(area);
  const state = load(area);
  const ticks = boxes(area);
  for (const box of ticks) box.checked = state.all || state.ids.has(box.value);
  const here = ticks.filter((box) => box.checked).length;
  for (const head of area.querySelectorAll("[data-select-page]")) {
    head.checked = ticks.length > 0 && here === ticks.length;
    head.indeterminate = here > 0 && here < ticks.length;
  }
  const bar = bulkForm(area);
  if (bar) bar.hidden = !state.all && state.ids.size === 0;
  const count = area.querySelector("[data-bulk-count]");
  const text = words(state, here, area.dataset.selectionTotal ?? ticks.length);
  if (count && count.textContent !== text) count.textContent = text;
  for (const matching of area.querySelectorAll("[data-select-matching]")) {
    matching.hidden = state.all || Number(area.dataset.selectionTotal ?? 0) <= state.ids.size;
  }
  writeFields(area, state);
}

function tick(area, chosen, on) {
  const state = load(area);
  if (state.all) {
    state.all = false;
    state.ids = new Set(boxes(area).map((box) => box.value));
  }
  for (const box of chosen) state.ids[on ? "add" : "delete"](box.value);
  save(area, state);
}

function range(area, box) {
  const all = boxes(area);
  const [from, to] = [all.indexOf(anchor), all.indexOf(box)].sort((a, b) => a - b);
  return from < 0 ? [box] : all.slice(from, to + 1);
}

document.addEventListener("click", (event) => {
  const area = event.target.closest?.("[data-selection]");
  if (!area) return;
  if (event.target.matches("[data-select]")) {
    tick(area, event.shiftKey ? range(area, event.target) : [event.target], event.target.checked);
    anchor = event.target;
  } else if (event.target.matches("[data-select-page]")) tick(area, boxes(area), event.target.checked);
  else if (event.target.closest("[data-select-matching]")) save(area, { ids: new Set(), all: true });
  else if (event.target.closest("[data-selection-keep]")) save(area, { ids: new Set(left(area)), all: false });
  else if (event.target.closest("[data-select-none], [data-selection-drop]")) save(area, { ids: new Set(), all: false });
});

const drawAll = () => areas().forEach(draw);
document.addEventListener("htmx:afterSettle", drawAll);
document.addEventListener("selection:clear", () => areas().forEach((area) => save(area, { ids: new Set(), all: false })));
drawAll();
