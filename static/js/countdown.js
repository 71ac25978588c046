// The undo strip: its bar shrinks in real time; at the end the button goes (Activity can still take the change back).

function run(bar) {
  bar.dataset.countdown = "running";
  const ends = performance.now() + bar.max * 1000;
  const timer = setInterval(() => {
    bar.value = Math.max(0, (ends - performance.now()) / 1000);
    const strip = bar.closest(".undo-strip");
    if (!bar.isConnected) clearInterval(timer);
    else if (bar.value === 0 && !strip?.matches(":focus-within")) {
      clearInterval(timer);
      strip?.querySelector("form")?.remove();
      bar.remove();
    }
  }, 500);
}

const runAll = () => document.querySelectorAll("progress[data-countdown='']").forEach(run);
document.addEventListener("htmx:load", runAll);
runAll();
