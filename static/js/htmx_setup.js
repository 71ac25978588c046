// What htmx needs to know about us: the CSRF header, which error answers are fragments, and where the focus was.

const say = (level, text) => document.dispatchEvent(new CustomEvent("toast", { detail: { level, text } }));

const cookie = (name) =>
  document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRF-Token"] = decodeURIComponent(cookie("csrf_token"));
});

// An error answer is swapped only when it is a fragment: an empty body, a whole page or JSON would wipe the target.
const isFragment = (xhr) =>
  (xhr.getResponseHeader("Content-Type") ?? "").startsWith("text/html") &&
  xhr.responseText.trim() !== "" &&
  !/^\s*(<!doctype|<html)/i.test(xhr.responseText);

const reason = (xhr) => {
  try {
    const { error } = JSON.parse(xhr.responseText);
    return `${error[0].toUpperCase()}${error.slice(1)}.`;
  } catch {
    return xhr.status >= 500 ? "The server could not do that. Nothing was changed." : `The server refused (${xhr.status}).`;
  }
};

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  rememberFocus();
  if (xhr.status < 400) return;
  const speaksForItself = /"toast"/.test(xhr.getResponseHeader("HX-Trigger") ?? "");
  if (isFragment(xhr)) return;
  event.detail.shouldSwap = false;
  if (xhr.status === 401) window.location.reload();
  else if (!speaksForItself) say("error", reason(xhr));
});

document.addEventListener("htmx:sendError", () => say("error", "The server cannot be reached. Nothing was changed."));
document.addEventListener("htmx:timeout", () => say("error", "The server took too long to answer."));

// Where the focus was, so that it never falls back to the body when its element is replaced.
let focused = null;

function rememberFocus() {
  const active = document.activeElement;
  if (!active || active === document.body) return;
  const row = active.closest("[data-row]");
  const rows = row ? [...(row.closest("[data-rows]")?.querySelectorAll("[data-row]") ?? [])] : [];
  focused = {
    element: active,
    key: active.dataset.focusKey,
    id: active.id,
    rowsId: row?.closest("[data-rows]")?.id,
    position: rows.indexOf(row),
    start: "selectionStart" in active ? active.selectionStart : null,
  };
}

const byKey = (key) => key && document.querySelector(`[data-focus-key="${CSS.escape(key)}"]`);

// A row that went away hands the focus to the row that took its place.
function neighbour({ rowsId, position }) {
  if (position < 0) return null;
  const rows = document.querySelectorAll(`${rowsId ? `#${CSS.escape(rowsId)}` : "[data-rows]"} [data-row]`);
  return rows[Math.min(position, rows.length - 1)];
}

function restoreFocus(root) {
  const wanted = root.querySelector?.("[data-focus-here]");
  const lost = focused && !focused.element.isConnected && document.activeElement === document.body;
  if (!wanted && !lost) return;
  const next = wanted ?? byKey(focused.key) ?? (focused.id ? document.getElementById(focused.id) : null) ?? neighbour(focused);
  next?.focus({ preventScroll: !wanted });
  // What is hidden takes no focus.
  if (document.activeElement === document.body) document.getElementById("main")?.focus({ preventScroll: true });
  if (!wanted && next && focused.start !== null && next.setSelectionRange && next.type !== "number") {
    next.setSelectionRange(focused.start, focused.start);
  }
  focused = null;
}

document.addEventListener("htmx:afterSettle", (event) => restoreFocus(event.detail.elt ?? document.body));

// The target is busy while it waits; the style sheet shows it after 150 ms.
document.addEventListener("htmx:beforeRequest", (event) => event.detail.target?.setAttribute("aria-busy", "true"));
document.addEventListener("htmx:afterRequest", (event) => event.detail.target?.removeAttribute("aria-busy"));

// A page that comes back from the browser's memory may show what has changed since.
window.addEventListener("pageshow", (event) => event.persisted && window.location.reload());
