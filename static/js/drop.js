// [data-drop]: a picture that is dropped there, or pasted while it has the pointer or the focus, is sent by its own form;
// several, where its field takes several.
// Any other file is sent as well: the server says what it is. Left to the browser, it would take the place of the page.

const placeOf = (event) => event.target.closest?.("[data-drop]");
const carries = (event) => [...(event.dataTransfer?.types ?? [])].some((type) => type === "Files" || type === "text/uri-list");

function bring(place, data) {
  const pictures = [...data.files].filter((each) => each.type.startsWith("image/"));
  const chosen = pictures.length ? pictures : [...data.files];
  const address = data.getData("text/uri-list").split("\n").find((line) => /^https?:/.test(line)) ?? data.getData("text/plain").trim();
  if (chosen.length) {
    const input = place.querySelector("input[type=file]");
    const files = new DataTransfer();
    for (const file of input.multiple ? chosen : chosen.slice(0, 1)) files.items.add(file);
    input.files = files.files;
    input.form.requestSubmit();
  } else if (/^https?:\/\/\S+$/.test(address)) {
    const input = place.querySelector("input[type=url]");
    input.value = address;
    input.form.requestSubmit();
  } else return false;
  return true;
}

const mark = (place) => {
  document.querySelectorAll("[data-drop].over").forEach((each) => each !== place && each.classList.remove("over"));
  place?.classList.add("over");
};

document.addEventListener("dragover", (event) => {
  const place = carries(event) ? placeOf(event) : null;
  mark(place);
  if (place) event.preventDefault();
});

document.addEventListener("dragleave", (event) => event.relatedTarget ?? mark(null));

document.addEventListener("drop", (event) => {
  const place = carries(event) ? placeOf(event) : null;
  mark(null);
  if (!place) return;
  event.preventDefault();
  bring(place, event.dataTransfer);
});

document.addEventListener("paste", (event) => {
  if (event.target.matches?.("input, textarea")) return;
  const places = [...document.querySelectorAll("[data-drop]")];
  const place = places.find((each) => each.matches(":focus-within")) ?? places.find((each) => each.matches(":hover")) ?? (places.length === 1 ? places[0] : null);
  if (place && bring(place, event.clipboardData)) event.preventDefault();
});
