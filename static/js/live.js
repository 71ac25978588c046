// Live updates: one EventSource per browser (the tab that holds the lock shares it), replay by id, polling as last resort.

const NAMES = [
  "connected", "scan.completed", "rule.violation", "bulk.completed", "artist.new", "artist.updated", "metadata.fixed",
  "review.needed", "conflict.changed", "operation.progress", "settings.changed", "findings.changed",
];
const THROTTLE = 2000;
const POLL = 15000;
const LONGEST_WAIT = 30000;
const LAST_ID = "stillwater.last-event-id";
const SEEN_AT = "stillwater.last-event-seen-at";
const STALE = 30000;

const url = document.body.dataset.liveUrl;
const channel = "BroadcastChannel" in window ? new BroadcastChannel("stillwater.live") : null;
let wait = 1000;
let poll = 0;
let pulse = 0;
let heard = ""; // the newest id that this page knows of, whichever tab has the stream

function setState(state, share = true) {
  document.body.dataset.liveState = state;
  if (share) channel?.postMessage({ state });
}

// busy.js says no while somebody's hands are on it.
const isBusy = (element) =>
  document.hidden || !element.dispatchEvent(new CustomEvent("live:due", { bubbles: true, cancelable: true }));
// At most one refresh per element and 2 s; none under typing or pressing hands, or in a hidden tab.
const due = new WeakMap();
function refresh(element) {
  const state = due.get(element) ?? { last: 0, timer: 0 };
  due.set(element, state);
  if (state.timer) return;
  const pause = Math.max(0, state.last + THROTTLE - Date.now());
  state.timer = setTimeout(() => {
    state.timer = 0;
    if (!element.isConnected) return;
    state.last = Date.now();
    if (isBusy(element)) refresh(element);
    else element.dispatchEvent(new CustomEvent("live"));
  }, pause);
}

document.addEventListener("live:again", ({ target }) => refresh(target));

// A flood arrives as one message with a count and no id: that concerns everybody.
const concerns = (element, payload) => {
  const id = payload.artist_id ?? payload.id;
  return !element.dataset.liveId || id === undefined || String(id) === element.dataset.liveId;
};

function receive({ name, payload, id }) {
  if (id) heard = id;
  document.dispatchEvent(new CustomEvent(`live:${name}`, { detail: payload }));
  for (const element of document.querySelectorAll(`[data-live~="${CSS.escape(name)}"]`)) {
    if (concerns(element, payload)) refresh(element);
  }
}

function refreshAll() {
  document.querySelectorAll("[data-live]").forEach(refresh);
}

function onEvent(event) {
  if (event.lastEventId) {
    localStorage.setItem(LAST_ID, event.lastEventId);
    localStorage.setItem(SEEN_AT, Date.now());
  }
  let body = {};
  try {
    body = JSON.parse(event.data);
  } catch {
    return;
  }
  const message = { name: event.type === "message" ? body.type : event.type, payload: body.data ?? body, id: event.lastEventId };
  receive(message);
  channel?.postMessage(message);
}

function startPolling() {
  if (!poll) poll = setInterval(() => document.hidden || refreshAll(), POLL);
}

// A page goes on where it stopped, however long that was. One that heard nothing yet goes on where the tab before it
// stopped; an id from long ago would replay what it already shows.
function lastId() {
  if (heard) return heard;
  return Date.now() - Number(localStorage.getItem(SEEN_AT)) < STALE ? localStorage.getItem(LAST_ID) : null;
}

function open() {
  const last = lastId();
  const source = new EventSource(last ? `${url}?last_event_id=${encodeURIComponent(last)}` : url);
  source.addEventListener("open", () => {
    wait = 1000;
    clearInterval(poll);
    poll = 0;
    setState("open");
    clearInterval(pulse);
    pulse = setInterval(() => source.readyState === EventSource.OPEN && localStorage.setItem(SEEN_AT, Date.now()), STALE / 3);
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
