// The jobs dock, fed by `operation.progress`; says aloud every tenth of the way, and how it ended.

const ENDED = { done: "finished", failed: "failed", cancelled: "cancelled", timed_out: "took too long and was stopped" };
const LINGER = 6000;

const dock = document.querySelector("[data-jobs]");
const list = dock?.querySelector("[data-jobs-list]");
const pattern = document.getElementById("job-template");
const seen = new Map();

const announce = (text) => document.dispatchEvent(new CustomEvent("announce", { detail: text }));
const number = (value) => Number(value).toLocaleString(document.documentElement.lang || undefined);
const words = (kind) => (kind ?? "job").replaceAll(/[._-]/g, " ").replace(/^./, (letter) => letter.toUpperCase());

function entry(job) {
  if (!seen.has(job.job_id)) {
    const item = pattern.content.firstElementChild.cloneNode(true);
    list.append(item);
    seen.set(job.job_id, { item, label: job.label ?? words(job.kind), started: Date.now(), first: job.done ?? 0, tenth: 0 });
  }
  const known = seen.get(job.job_id);
  if (job.label) known.label = job.label;
  return known;
}

// How long it will still take, from the pace seen in this tab; nothing before there is a pace.
function remaining(known, job) {
  const done = job.done - known.first;
  const spent = (Date.now() - known.started) / 1000;
  if (!job.total || done < 5 || spent < 3) return "";
  const seconds = ((job.total - job.done) / done) * spent;
  return seconds < 90 ? `about ${Math.max(1, Math.round(seconds))} s` : `about ${Math.round(seconds / 60)} min`;
}

const parts = (item) => ({
  title: item.querySelector("[data-job-label]"),
  count: item.querySelector("[data-job-count]"),
  message: item.querySelector("[data-job-message]"),
  bar: item.querySelector("[data-job-bar]"),
});

function draw(known, job) {
  const { title, count, message, bar } = parts(known.item);
  title.textContent = known.label;
  count.textContent = job.total ? `${number(job.done)} of ${number(job.total)}` : number(job.done ?? 0);
  message.textContent = [job.message, remaining(known, job)].filter(Boolean).join(" · ");
  bar.setAttribute("aria-label", known.label);
  if (job.total) {
    bar.max = job.total;
    bar.value = job.done;
  } else bar.removeAttribute("value");
}

function speak(known, job) {
  const tenth = job.total ? Math.floor((10 * job.done) / job.total) : 0;
  if (tenth > known.tenth && tenth < 10) announce(`${known.label}: ${tenth * 10} percent`);
  known.tenth = Math.max(known.tenth, tenth);
}

function end(known, job) {
  const text = `${known.label} ${ENDED[job.state]}`;
  const { count, message, bar } = parts(known.item);
  count.textContent = ENDED[job.state];
  message.textContent = job.message ?? "";
  bar.hidden = true;
  announce(job.message ? `${text}: ${job.message}` : text);
  setTimeout(() => {
    known.item.remove();
    seen.delete(job.job_id);
    dock.hidden = seen.size === 0;
  }, job.state === "failed" ? LINGER * 3 : LINGER);
}

document.addEventListener("live:operation.progress", ({ detail: job }) => {
  if (job.quiet) return;
  if (!dock || !job.job_id || (job.state in ENDED && !seen.has(job.job_id))) return;
  const known = entry(job);
  dock.hidden = false;
  if (job.state in ENDED) end(known, job);
  else {
    draw(known, job);
    speak(known, job);
  }
});
