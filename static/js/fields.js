// Editing in place: Enter saves, Ctrl+Enter saves from a long text, Esc restores; after a save the focus moves on.

let moveOnFrom = "";
let backTo = "";

const fieldOf = (element) => element.closest("[data-field]");

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("[data-field-form]");
  if (!form) return;
  if (event.key === "Escape" && !event.defaultPrevented) {
    event.preventDefault();
    form.querySelector("[data-cancel]")?.click();
  } else if (event.key === "Enter" && !event.defaultPrevented && (!event.target.matches("textarea, button") || event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    moveOnFrom = fieldOf(form)?.id ?? "";
    form.requestSubmit();
  }
});

document.addEventListener("click", (event) => {
  const form = event.target.closest?.("[data-cancel]")?.closest("[data-field-form]");
  if (form) backTo = fieldOf(form)?.id ?? "";
});

document.addEventListener("htmx:afterSettle", () => {
  const field = backTo && document.getElementById(backTo);
  if (!field || field.querySelector("[data-field-form]")) return;
  backTo = "";
  field.querySelector("[data-edit]")?.focus();
});

// The saved field is on the page again: its neighbour's edit button is next. What else settles meanwhile is not awaited.
document.addEventListener("htmx:afterSettle", (event) => {
  const saved = moveOnFrom && document.getElementById(moveOnFrom);
  if (saved && !event.target.contains(saved)) return;
  if (!saved || saved.querySelector("[data-field-form]")) {
    moveOnFrom = "";
    return;
  }
  const edits = [...document.querySelectorAll("[data-field] [data-edit]")].filter((edit) => edit.getClientRects().length > 0);
  const next = edits.find((edit) => saved.compareDocumentPosition(edit) & Node.DOCUMENT_POSITION_FOLLOWING && !saved.contains(edit));
  (next ?? saved.querySelector("[data-edit]"))?.focus();
  moveOnFrom = "";
});

// The first control of a freshly opened form takes the focus, with its text selected.
document.addEventListener("htmx:afterSwap", (event) => {
  const form = document.getElementById(event.detail.target?.id ?? "")?.querySelector("[data-field-form]");
  const control = form?.querySelector("[aria-invalid=true], input:not([type=hidden]), textarea, select");
  control?.focus();
  if (control?.matches("input:not([aria-invalid=true])")) control.select?.();
});

// An answer to something else does not swap away what somebody is typing.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target } = event.detail;
  const typed = [...target.querySelectorAll("input[type=text]")].some((control) => control.value !== control.defaultValue);
  if (typed || target.querySelector("[data-field-form]")) event.detail.shouldSwap = false;
});
