// Live updates: one EventSource per browser (the tab that holds the lock shares it), replay by id, polling as last resort.

const NAMES = [
  "scan.completed", "rule.violation", "bulk.completed", "artist.new", "artist.updated", "metadata.fixed",
  "conflict.changed", "operation.progress", "settings.changed", "activity.recent", "library.updated",
];
const THROTTLE = 2000;
const POLL = 15000;
const LONGEST_WAIT = 30000;
const LAST_ID = "stillwater.last-event-id";

const url = document.body.dataset.liveUrl;
const channel = "BroadcastChannel" in window ? new BroadcastChannel("stillwater.live") : null;
let wait = 1000;
let poll = 0;

function setState(state, share = true) {
  document.body.dataset.liveState = state;
  if (share) channel?.postMessage({ state });
}

const isTyping = (element) =>
  element.contains(document.activeElement) && document.activeElement.matches("input:not([type=checkbox]), textarea, select");

// At most one refresh per element and 2 s; none under typing hands or in a hidden tab.
const due = new WeakMap();
function refresh(element) {
  const state = due.get(element) ?? { last: 0, timer: 0 };
  due.set(element, state);
  if (state.timer) return;
  const pause = Math.max(0, state.last + THROTTLE - Date.now());
  state.timer = setTimeout(() => {
    state.timer = 0;
    if (!element.isConnected) return;
    if (document.hidden || isTyping(element)) {
      state.last = Date.now();
      refresh(element);
      return;
    }
    state.last = Date.now();
    element.dispatchEvent(new CustomEvent("live"));
  }, pause);
}

const concerns = (element, payload) =>
  !element.dataset.liveId || String(payload.artist_id ?? payload.id ?? "") === element.dataset.liveId;

function receive({ name, payload }) {
  document.dispatchEvent(new CustomEvent(`live:${name}`, { detail: payload }));
  for (const element of document.querySelectorAll(`[data-live~="${CSS.escape(name)}"]`)) {
    if (concerns(element, payload)) refresh(element);
  }
}

function refreshAll() {
  document.querySelectorAll("[data-live]").forEach(refresh);
}

function onEvent(event) {
  if (event.lastEventId) localStorage.setItem(LAST_ID, event.lastEventId);
  let body = {};
  try {
    body = JSON.parse(event.data);
  } catch {
    return;
  }
  const message = { name: event.type === "message" ? body.type : event.type, payload: body.data ?? body };
  receive(message);
  channel?.postMessage(message);
}

function startPolling() {
  if (!poll) poll = setInterval(() => document.hidden || refreshAll(), POLL);
}

function open() {
  const last = localStorage.getItem(LAST_ID);
  const source = new EventSource(last ? `${url}?last_event_id=${encodeURIComponent(last)}` : url);
  source.addEventListener("open", () => {
    wait = 1000;
    clearInterval(poll);
    poll = 0;
    setState("open");
  });
  source.addEventListener("error", () => {
    setState("reconnecting");
    if (source.readyState !== EventSource.CLOSED) return;
    // The server refused (503: too many streams, 401: signed out): the browser does not try again by itself.
    startPolling();
    setTimeout(open, wait + Math.random() * 500);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  });
  for (const name of NAMES) source.addEventListener(name, onEvent);
  source.addEventListener("message", onEvent);
}

if (url) {
  channel?.addEventListener("message", ({ data }) => (data.state ? setState(data.state, false) : receive(data)));
  if (!("EventSource" in window)) startPolling();
  else if (navigator.locks) navigator.locks.request("stillwater.live", () => new Promise(open));
  else open();
}
