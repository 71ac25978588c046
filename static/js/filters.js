// form[data-filters] sends itself while it is used: typing waits 300 ms and replaces history, choices go at once.

const TYPING_PAUSE = 300;
const typed = new WeakSet();
const timers = new WeakMap();

function send(form) {
  clearTimeout(timers.get(form));
  form.requestSubmit();
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form?.matches("[data-filters]") || !event.target.name || !event.target.matches("[type=search], [type=text], [type=number]")) return;
  typed.add(form);
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => send(form), TYPING_PAUSE));
});

document.addEventListener("change", (event) => {
  const form = event.target.form;
  // A control without a name (a column toggle in the same bar) filters nothing.
  if (!form?.matches("[data-filters]") || !event.target.name || event.target.matches("[type=search], [type=text], [type=number]")) return;
  typed.delete(form);
  send(form);
});

// Empty parameters say nothing: leave them out of the address, and start on the first page again.
function dropEmpty(data) {
  for (const [name, value] of [...data.entries()]) if (value === "") data.delete(name);
  data.delete("page");
}

document.addEventListener("formdata", (event) => {
  if (event.target.matches("[data-filters]")) dropEmpty(event.formData);
});

document.addEventListener("htmx:configRequest", (event) => {
  if (!event.target.matches?.("form[data-filters]")) return;
  const { parameters } = event.detail;
  for (const name of Object.keys(parameters)) if (parameters[name] === "" || name === "page") delete parameters[name];
});

document.addEventListener("htmx:beforeHistoryUpdate", (event) => {
  const form = event.detail.requestConfig?.elt;
  if (form && typed.has(form)) event.detail.history.type = "replace";
});

// The words of a tri-state filter step through its states: any, only, not.
document.addEventListener("click", (event) => {
  const words = event.target.closest?.("[data-tri] > span:first-child");
  if (!words) return;
  const states = [...words.parentElement.querySelectorAll("input[type=radio]")];
  const next = states[(states.findIndex((state) => state.checked) + 1) % states.length];
  next.checked = true;
  next.dispatchEvent(new Event("change", { bubbles: true }));
});
