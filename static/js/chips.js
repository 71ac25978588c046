// textarea[data-chips], one value per line, becomes a row of chips: Enter or comma adds, Backspace takes the last back.

function chip(text, remove) {
  const element = document.createElement("span");
  element.className = "chip";
  element.dataset.value = text;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "remove";
  button.setAttribute("aria-label", `Remove ${text}`);
  button.textContent = "×";
  button.addEventListener("click", remove);
  element.append(text, button);
  return element;
}

const announce = (text) => document.dispatchEvent(new CustomEvent("announce", { detail: text }));

function enhance(area) {
  area.dataset.chips = "drawn";
  const box = document.createElement("div");
  box.className = "chips-field";
  const input = document.createElement("input");
  const name = area.getAttribute("aria-label") ?? area.labels?.[0]?.textContent ?? "value";
  input.setAttribute("aria-label", `Add to ${name.trim().toLowerCase()}`);
  if (area.getAttribute("aria-invalid")) input.setAttribute("aria-invalid", area.getAttribute("aria-invalid"));
  if (area.hasAttribute("aria-describedby")) input.setAttribute("aria-describedby", area.getAttribute("aria-describedby"));
  let values = area.value.split("\n").map((line) => line.trim()).filter(Boolean);

  function write(next, spoken) {
    values = [...new Set(next)];
    area.value = values.join("\n");
    box.replaceChildren(...values.map((value) => chip(value, () => drop(value))), input);
    area.dispatchEvent(new Event("input", { bubbles: true }));
    if (spoken) announce(spoken);
  }
  function drop(value) {
    write(values.filter((other) => other !== value), `${value} removed`);
    input.focus();
  }
  function add() {
    const fresh = input.value.split(",").map((part) => part.trim()).filter(Boolean);
    input.value = "";
    if (fresh.length) write([...values, ...fresh], `${fresh.join(", ")} added`);
    input.focus();
  }

  input.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" && input.value.trim()) || event.key === ",") {
      event.preventDefault();
      add();
    } else if (event.key === "Backspace" && !input.value && values.length) {
      event.preventDefault();
      const last = values.at(-1);
      write(values.slice(0, -1), `${last} taken back`);
      input.value = last;
      input.focus();
    } else if (event.key === "ArrowLeft" && !input.selectionStart) box.querySelector(".chip:last-of-type button")?.focus();
  });
  box.addEventListener("keydown", (event) => {
    const here = event.target.closest(".chip");
    if (!here) return;
    const to = { ArrowLeft: here.previousElementSibling, ArrowRight: here.nextElementSibling }[event.key];
    if (to) (to.querySelector?.("button") ?? to).focus();
    if (event.key === "Delete" || event.key === "Backspace") drop(here.dataset.value);
  });
  input.addEventListener("blur", () => input.value.trim() && add());
  area.form?.addEventListener("submit", () => input.value.trim() && add(), true);

  const hadFocus = document.activeElement === area;
  area.hidden = true;
  area.after(box);
  write(values);
  if (hadFocus) input.focus();
}

const enhanceAll = () => document.querySelectorAll("textarea[data-chips='']").forEach(enhance);
document.addEventListener("htmx:load", enhanceAll);
enhanceAll();
