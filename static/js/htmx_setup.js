// What htmx needs to know about us: the CSRF header and which error answers are fragments.

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
  if (xhr.status < 400) return;
  const speaksForItself = /"toast"/.test(xhr.getResponseHeader("HX-Trigger") ?? "");
  if (isFragment(xhr)) return;
  event.detail.shouldSwap = false;
  if (xhr.status === 401) window.location.reload();
  else if (!speaksForItself) say("error", reason(xhr));
});

// Who was signed out meanwhile is led to the sign-in page, but not away from what they were about to save.
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { xhr, requestConfig } = event.detail;
  if (xhr.status !== 401 || (requestConfig.verb === "get" && !document.querySelector("[data-field-form]"))) return;
  event.preventDefault();
  if (requestConfig.triggeringEvent?.type !== "live") say("error", "You are signed out. Sign in in another tab, then do it again here.");
});

document.addEventListener("htmx:sendError", () => say("error", "The server cannot be reached. Nothing was changed."));
document.addEventListener("htmx:timeout", () => say("error", "The server took too long to answer."));

// The target is busy while it waits; the style sheet shows it after 150 ms.
document.addEventListener("htmx:beforeRequest", (event) => event.detail.target?.setAttribute("aria-busy", "true"));
document.addEventListener("htmx:afterRequest", (event) => event.detail.target?.removeAttribute("aria-busy"));

// A page that comes back from the browser's memory may show what has changed since.
window.addEventListener("pageshow", (event) => event.persisted && window.location.reload());
