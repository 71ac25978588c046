// Toasts from the event `toast` {level, text, undo_url?, seconds?}: three at most, repeats become a counter.

const MOST = 3;
const SECONDS = { good: 6, success: 6, info: 6, warning: 10, error: 0 };
const STEP = 0.25;
const WORDS = { good: "Done", success: "Done", info: "Note", warning: "Warning", error: "Error" };

const stack = document.getElementById("toasts");
const pattern = document.getElementById("toast-template");

function close(toast) {
  clearInterval(toast.timer);
  if (toast.contains(document.activeElement)) document.getElementById("main")?.focus({ preventScroll: true });
  toast.remove();
}

// Counts down in real time; it waits while somebody points at the toast or has the focus in it.
function run(toast, seconds, showTime) {
  const bar = toast.querySelector("[data-toast-time]");
  clearInterval(toast.timer);
  bar.hidden = !showTime;
  bar.max = bar.value = seconds || 1;
  if (!seconds) return;
  let left = seconds;
  let before = performance.now();
  toast.timer = setInterval(() => {
    const now = performance.now();
    if (!toast.matches(":hover, :focus-within")) left -= (now - before) / 1000;
    before = now;
    bar.value = Math.max(0, left);
    if (left <= 0) close(toast);
  }, STEP * 1000);
}

function repeated(text, level) {
  return [...stack.children].find((toast) => toast.dataset.text === text && toast.classList.contains(level));
}

function count(toast, seconds) {
  const badge = toast.querySelector("[data-toast-count]");
  badge.textContent = `× ${(Number(toast.dataset.times) || 1) + 1}`;
  toast.dataset.times = (Number(toast.dataset.times) || 1) + 1;
  run(toast, seconds, false);
}

async function undo(toast, url) {
  close(toast);
  await window.htmx.ajax("POST", url, { source: stack, target: stack, swap: "none" });
}

function build({ level, text, undo_url: undoUrl }) {
  const toast = pattern.content.firstElementChild.cloneNode(true);
  toast.classList.add(level);
  toast.dataset.text = text;
  toast.querySelector(".status").classList.add(level === "success" ? "good" : level);
  toast.querySelector("[data-toast-text]").textContent = text;
  toast.querySelector(".status").title = WORDS[level] ?? "";
  toast.querySelector("[data-toast-close]").addEventListener("click", () => close(toast));
  const button = toast.querySelector("[data-toast-undo]");
  button.hidden = !undoUrl;
  button.addEventListener("click", () => undo(toast, undoUrl));
  return toast;
}

function show(detail) {
  const level = detail.level in SECONDS ? detail.level : "info";
  const text = detail.text ?? detail.value;
  if (!stack || !text) return;
  const seconds = detail.seconds || (detail.undo_url ? 10 : SECONDS[level]);
  const same = !detail.undo_url && repeated(text, level);
  if (same) return count(same, seconds);
  while (stack.children.length >= MOST) close(stack.firstElementChild);
  const toast = build({ ...detail, level, text });
  stack.append(toast);
  run(toast, seconds, Boolean(detail.undo_url));
}

document.addEventListener("toast", (event) => show(event.detail));
document.addEventListener("announce", (event) => {
  document.getElementById("announcer").textContent = event.detail;
});
