// [data-reorder]: its items can be dragged; dropped, the form around it is sent as it lies. The buttons do the same by keys.

let dragged = null;
let before = [];

const itemOf = (event) => event.target.closest?.("[data-reorder-item]");
const items = (list) => [...list.querySelectorAll("[data-reorder-item]")];

const enhance = () =>
  document.querySelectorAll("[data-reorder-item]:not([draggable])").forEach((item) => item.setAttribute("draggable", "true"));

document.addEventListener("dragstart", (event) => {
  const item = itemOf(event);
  if (!item) return;
  dragged = item;
  before = items(item.parentElement);
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", "");
});

document.addEventListener("dragover", (event) => {
  const over = itemOf(event);
  if (!dragged || over?.parentElement !== dragged.parentElement) return;
  event.preventDefault();
  if (over === dragged) return;
  const { top, height } = over.getBoundingClientRect();
  over.parentElement.insertBefore(dragged, event.clientY < top + height / 2 ? over : over.nextSibling);
});

document.addEventListener("drop", (event) => dragged && event.preventDefault());

document.addEventListener("dragend", (event) => {
  if (!dragged) return;
  const list = dragged.parentElement;
  const item = dragged;
  dragged = null;
  // Escape, or a drop outside: everything lies as before.
  if (event.dataTransfer.dropEffect === "none") list.append(...before);
  else if (items(list).some((each, place) => each !== before[place])) item.closest("form").requestSubmit();
});

document.addEventListener("htmx:load", enhance);
enhance();
