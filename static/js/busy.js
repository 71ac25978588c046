// What is under somebody's hands is not renewed: live.js asks before it does, and asks again later.

const isTyping = (element) =>
  element.contains(document.activeElement) && document.activeElement.matches("input:not([type=checkbox]), textarea, select");

// What waits for an answer stays: the answer's events would be lost with it.
const isWaiting = (element) => Boolean(element.querySelector(".htmx-request"));

// A menu that somebody has open would close under the pointer, reasons while they are read, a form with what was typed.
const isOpen = (element) => Boolean(element.querySelector("details:is([data-menu], .why)[open], [data-field-form]"));

// What can still be taken back where it was done stays until its time is over, or until somebody goes on.
const isOffered = (element) => Boolean(element.querySelector("progress[data-countdown], .finding-gone:is(:focus, :focus-within)"));

// A button that is replaced between press and release is never clicked.
let isPressed = false;
document.addEventListener("pointerdown", () => (isPressed = true), true);
for (const name of ["pointerup", "pointercancel"]) {
  document.addEventListener(name, () => setTimeout(() => (isPressed = false)), true);
}

const isBusy = (element) => isPressed || [isTyping, isWaiting, isOpen, isOffered].some((test) => test(element));

document.addEventListener("live:due", (event) => isBusy(event.target) && event.preventDefault());

// The hands may have begun while the answer was on its way.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { elt, triggeringEvent } = detail.requestConfig;
  if (triggeringEvent?.type !== "live" || !isBusy(elt)) return;
  detail.shouldSwap = false;
  elt.dispatchEvent(new CustomEvent("live:again", { bubbles: true }));
});
