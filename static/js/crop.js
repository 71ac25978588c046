// [data-crop]: the rectangle of the crop page. The number fields hold it; dragging and arrows write into them.

const form = document.querySelector("[data-crop]");

const clamp = (value, least, most) => Math.min(Math.max(value, least), most);

function cropper() {
  const [wide, high] = [Number(form.dataset.cropWidth), Number(form.dataset.cropHeight)];
  const [stage, frame, corner, shade] = ["stage", "frame", "corner", "shade"].map((part) => form.querySelector(`[data-crop-${part}]`));
  const fields = Object.fromEntries(["x", "y", "width", "height"].map((name) => [name, form.elements[name]]));
  const ratio = () => Number(form.querySelector("[data-crop-ratio]:checked")?.dataset.cropRatio ?? 0);
  const box = () => Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, Math.round(Number(field.value)) || 0]));

  // Where the shape is fixed the width leads; what does not fit into the picture is made smaller.
  function fit({ x, y, width, height }) {
    const left = clamp(x, 0, wide - 1);
    const top = clamp(y, 0, high - 1);
    let across = clamp(width, 1, wide - left);
    let down = clamp(height, 1, high - top);
    const shape = ratio();
    if (shape && Math.abs(down - across / shape) > 1) {
      down = Math.max(1, Math.round(across / shape));
      if (down > high - top) {
        down = high - top;
        across = clamp(Math.round(down * shape), 1, wide - left);
      }
    }
    return { x: left, y: top, width: across, height: down };
  }

  function draw({ x, y, width, height }) {
    for (const [name, value] of Object.entries({ x, y, width, height })) frame.setAttribute(name, value);
    shade.setAttribute("d", `M0 0h${wide}v${high}H0zM${x} ${y}h${width}v${height}h-${width}z`);
    const grip = wide / (stage.getBoundingClientRect().width || wide) * 22;
    for (const [name, value] of Object.entries({ x: x + width - grip, y: y + height - grip, width: grip, height: grip })) corner.setAttribute(name, value);
    frame.setAttribute("aria-label", `What is kept: ${width} by ${height} pixels, ${x} from the left, ${y} from the top`);
  }

  function put(wanted) {
    const fitted = fit(wanted);
    for (const [name, field] of Object.entries(fields)) field.value = fitted[name];
    draw(fitted);
  }

  const moved = (from, right, down) => ({ ...from, x: clamp(from.x + right, 0, wide - from.width), y: clamp(from.y + down, 0, high - from.height) });

  // A fixed shape grows by the direction that was pulled further.
  function resized(from, right, down) {
    const shape = ratio();
    const width = shape && Math.abs(down * shape) > Math.abs(right) ? from.width + down * shape : from.width + right;
    return { ...from, width: Math.round(width), height: shape ? Math.round(width / shape) : from.height + down };
  }

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  frame.addEventListener("keydown", (event) => {
    const step = ARROWS[event.key];
    if (!step) return;
    event.preventDefault();
    const [right, down] = step.map((by) => by * (event.shiftKey ? 10 : 1));
    put(event.ctrlKey || event.metaKey ? resized(box(), right, down) : moved(box(), right, down));
  });

  let drag = null;
  const pixels = (event) => {
    const scale = wide / stage.getBoundingClientRect().width;
    return [event.clientX * scale, event.clientY * scale];
  };
  stage.addEventListener("pointerdown", (event) => {
    if (event.target !== frame && event.target !== corner) return;
    event.preventDefault();
    drag = { at: pixels(event), from: box(), change: event.target === corner ? resized : moved };
    stage.setPointerCapture(event.pointerId);
    frame.focus({ preventScroll: true });
  });
  stage.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const [x, y] = pixels(event);
    put(drag.change(drag.from, Math.round(x - drag.at[0]), Math.round(y - drag.at[1])));
  });
  for (const end of ["pointerup", "pointercancel"]) stage.addEventListener(end, () => (drag = null));

  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-crop-ratio]")) put(centred());
    else if (event.target.matches("[data-crop-number]")) put(box());
  });

  // The largest rectangle of the shape, in the middle; of no shape, as it is.
  function centred() {
    const shape = ratio();
    if (!shape) return box();
    const width = Math.min(wide, Math.max(1, Math.round(high * shape)));
    const height = Math.min(high, Math.max(1, Math.round(wide / shape)));
    return { x: Math.floor((wide - width) / 2), y: Math.floor((high - height) / 2), width, height };
  }

  frame.setAttribute("tabindex", "0");
  frame.setAttribute("role", "application");
  frame.setAttribute("aria-roledescription", "rectangle");
  draw(fit(box()));
  new ResizeObserver(() => draw(fit(box()))).observe(stage);
}

if (form) cropper();
