// Dialogs: data-opens shows one, data-closes and the backdrop close it, and hx-confirm asks in ours;
// a form's data-confirm-shows selects what it would change, which is shown with the question.

let opener = null;

// A dialog whose body is asked for opens at once: with its opener's words above, and below what is said meanwhile.
function prepare(dialog, from) {
  const waiting = dialog.querySelector("template[data-waiting]");
  waiting?.nextElementSibling.replaceChildren(waiting.content.cloneNode(true));
  if (from.dataset.dialogWords) dialog.querySelector("[data-dialog-title]").textContent = from.dataset.dialogWords;
}

function show(dialog, from) {
  opener = from;
  prepare(dialog, from);
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const opens = event.target.closest?.("[data-opens]");
  const dialog = opens && document.getElementById(opens.dataset.opens);
  if (dialog) {
    event.preventDefault();
    show(dialog, opens);
  } else if (event.target.closest?.("[data-closes]")) event.target.closest("dialog")?.close();
  else if (event.target.matches?.("dialog[open]")) event.target.close("");
});

// Focus goes back to what opened it, also when a swap has replaced that element.
document.addEventListener(
  "close",
  () => {
    const key = opener?.dataset.focusKey;
    const back = opener?.isConnected ? opener : key && document.querySelector(`[data-focus-key="${CSS.escape(key)}"]`);
    back?.focus();
    // It lay in a menu that is closed by now.
    if (document.activeElement === document.body) opener?.closest("details")?.querySelector("summary").focus();
    opener = null;
  },
  true,
);

// What a form of a dialog has changed lies behind it, and so does what is said of it.
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.elt.matches?.("[data-closes-dialog]")) event.detail.elt.closest("dialog")?.close();
});

// What a step would change: copies of what the page shows of it, each under its own name.
function evidence(selector) {
  const found = selector ? [...document.querySelectorAll(selector)] : [];
  return found.flatMap((element) => {
    const name = document.createElement("h3");
    name.textContent = element.dataset.confirmName;
    const copy = element.cloneNode(true);
    copy.removeAttribute("id");
    return [name, copy];
  });
}

function ask(question, from, answer) {
  const dialog = document.querySelector("[data-confirm-dialog]");
  const yes = dialog.querySelector("[data-confirm-go]");
  const form = from.form ?? from;
  const shown = evidence(form.dataset.confirmShows);
  dialog.querySelector("[data-confirm-question]").textContent = question;
  dialog.querySelector("[data-confirm-evidence]").replaceChildren(...shown);
  dialog.classList.toggle("wide", shown.length > 0);
  yes.textContent = from.dataset.confirmYes || form.dataset.confirmYes || from.textContent.trim() || "Continue";
  yes.classList.toggle("danger", from.matches(".danger, [data-confirm-danger]"));
  dialog.returnValue = "";
  dialog.addEventListener("close", () => dialog.returnValue === "yes" && answer(), { once: true });
  show(dialog, from);
}

document.addEventListener("htmx:confirm", (event) => {
  const { question, elt, issueRequest, triggeringEvent } = event.detail;
  if (!question) return;
  event.preventDefault();
  ask(question, triggeringEvent?.submitter ?? elt, () => issueRequest(true));
});

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    const submitter = event.submitter ?? form.querySelector("button:not([type=button])");
    const question = submitter?.dataset.confirm ?? form.dataset.confirm;
    if (!question || form.dataset.confirmed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(question, submitter ?? form, () => {
      form.dataset.confirmed = "yes";
      form.requestSubmit(submitter);
      delete form.dataset.confirmed;
    });
  },
  true,
);

// A form with unsaved values asks before it is left; a sent one does not.
const changed = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-unsaved]")) changed.add(form);
});
document.addEventListener("submit", (event) => changed.delete(event.target));
window.addEventListener("beforeunload", (event) => {
  if ([...changed].some((form) => form.isConnected)) event.preventDefault();
});
