// The folder tree: <details> that htmx fills when first opened; arrows walk it, choosing writes the path into a field.

const lines = (tree) => [...tree.querySelectorAll("summary, [data-leaf]")].filter((line) => line.getClientRects().length > 0);

function choose(tree, line) {
  const field = document.querySelector(tree.dataset.tree);
  if (!field || !line.dataset.path) return;
  tree.querySelectorAll("[aria-current]").forEach((other) => other.removeAttribute("aria-current"));
  line.setAttribute("aria-current", "true");
  field.value = line.dataset.path;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const line = event.target.closest?.("[data-tree] [data-path]");
  if (line) choose(line.closest("[data-tree]"), line);
});

document.addEventListener("keydown", (event) => {
  const tree = event.target.closest?.("[data-tree]");
  const line = event.target.closest?.("summary, [data-leaf]");
  if (!tree || !line) return;
  const all = lines(tree);
  const folder = line.matches("summary") ? line.parentElement : null;
  const steps = {
    ArrowDown: () => all[all.indexOf(line) + 1]?.focus(),
    ArrowUp: () => all[all.indexOf(line) - 1]?.focus(),
    ArrowRight: () => (folder && !folder.open ? (folder.open = true) : all[all.indexOf(line) + 1]?.focus()),
    ArrowLeft: () => (folder?.open ? (folder.open = false) : line.closest("ul")?.closest("details")?.querySelector("summary")?.focus()),
  };
  if (!(event.key in steps)) return;
  event.preventDefault();
  steps[event.key]();
});
