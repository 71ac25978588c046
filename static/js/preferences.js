// Buttons and controls that change how everything looks: shown at once on <html>, kept by the server.

const ATTRIBUTES = {
  theme: "theme", sidebar_state: "sidebar", content_width: "width", font_family: "font", font_size: "fontSize",
  letter_spacing: "letterSpacing", thumbnail_size: "thumbnails", reduced_motion: "motion", density: "density", lite_mode: "lite",
};
const root = document.documentElement;
const address = document.body.dataset.preferencesUrl;
const token = () => document.cookie.match(/(?:^|; )csrf_token=([^;]*)/)?.[1] ?? "";

async function keep(name, value) {
  const answer = await fetch(address + name, {
    method: "PUT",
    headers: { "Content-Type": "application/json", "X-CSRF-Token": decodeURIComponent(token()) },
    body: JSON.stringify({ value }),
  }).catch(() => null);
  if (!answer?.ok) {
    document.dispatchEvent(new CustomEvent("toast", { detail: { level: "warning", text: "The choice holds for this page only: it could not be saved." } }));
  }
}

// The next value in the button's list; a width where the sidebar is gone anyway leaves it alone.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-preference]");
  if (!button) return;
  const { preference, preferenceValues } = button.dataset;
  const values = preferenceValues.split(" ");
  const attribute = ATTRIBUTES[preference];
  const value = values[(values.indexOf(root.dataset[attribute]) + 1) % values.length];
  root.dataset[attribute] = value;
  keep(preference, value);
});

// A control of the preferences form is shown before it is saved.
document.addEventListener("change", (event) => {
  const attribute = event.target.closest?.("[data-preview]") && ATTRIBUTES[event.target.name];
  if (attribute) root.dataset[attribute] = event.target.value;
});

for (const button of document.querySelectorAll("[data-preference]")) button.hidden = !address;
