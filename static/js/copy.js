// [data-copy="#field"] copies what a field says; where the browser has no clipboard (plain HTTP) by selecting it.

const say = (level, text) => document.dispatchEvent(new CustomEvent("toast", { detail: { level, text } }));

async function copy(field) {
  field.focus();
  field.select();
  if (!navigator.clipboard) return document.execCommand("copy");
  return navigator.clipboard.writeText(field.value).then(() => true, () => document.execCommand("copy"));
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  const field = button && document.querySelector(button.dataset.copy);
  if (!field) return;
  if (await copy(field)) say("good", "Copied.");
  else say("warning", "The browser would not copy it. It is selected: press Ctrl+C.");
});

const show = () => document.querySelectorAll("[data-copy][hidden]").forEach((button) => (button.hidden = false));
document.addEventListener("htmx:load", show);
show();
