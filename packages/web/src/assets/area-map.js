// The map of small areas, or of what they add up to: draws what the table beside it says. Without this file there is the table alone.
import {
  CLASSES,
  layersOf,
  lookOf,
  pathOf,
  pathOfLayer,
  patternOf,
  project,
  TOO_FEW,
} from "/assets/area-map-shapes.js";

const figure = document.getElementById("area-map");
if (figure) start(figure);

const CLOSEST = 200;
const FINE = 3;

async function start(figure) {
  let answer;
  try {
    const response = await fetch(figure.dataset.areas, { headers: { accept: "application/json" } });
    if (!response.ok) return;
    answer = await response.json();
  } catch {
    return;
  }
  if (answer.areas.length === 0) return;
  figure.hidden = false;
  new AreaMap(figure, answer);
}

class AreaMap {
  constructor(figure, { areas, many, drawn }) {
    this.about = { many, drawn };
    this.canvas = figure.querySelector("canvas");
    this.words = document.getElementById("area-map-area");
    this.shapes = project(areas);
    // The walk from area to area: the lowest number first, those of which nothing can be said last.
    this.walk = [...this.shapes.areas.keys()].sort((a, b) => this.rank(a) - this.rank(b));
    this.at = -1;
    this.view = { x: 0, y: 0, zoom: 1 };
    this.layers = layersOf(this.shapes);
    this.key();
    figure.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-do]");
      if (button) this.act(button.dataset.do);
    });
    this.canvas.addEventListener("keydown", (event) => this.keyDown(event));
    this.pointer();
    for (const row of document.querySelectorAll("[data-area]")) this.linkRow(row);
    new ResizeObserver(() => this.resize()).observe(this.canvas);
    this.resize();
  }

  rank(index) {
    const { ratio, standing } = this.shapes.areas[index];
    return standing === "tooFew" ? 1e9 : (ratio?.[0] ?? 1);
  }

  resize() {
    const { clientWidth, clientHeight } = this.canvas;
    const pixels = globalThis.devicePixelRatio || 1;
    this.canvas.width = Math.round(clientWidth * pixels);
    this.canvas.height = Math.round(clientHeight * pixels);
    this.pixels = pixels;
    const { width, height } = this.shapes;
    this.fit = 0.96 * Math.min(clientWidth / width, clientHeight / height);
    this.draw();
  }

  // The scale in CSS pixels for each unit of the map, and where its corner is.
  transform() {
    const scale = this.fit * this.view.zoom;
    const { clientWidth, clientHeight } = this.canvas;
    const { width, height } = this.shapes;
    return {
      scale,
      left: clientWidth / 2 - (width / 2 + this.view.x) * scale,
      top: clientHeight / 2 - (height / 2 + this.view.y) * scale,
    };
  }

  draw() {
    if (this.drawing) return;
    this.drawing = requestAnimationFrame(() => {
      this.drawing = undefined;
      this.drawNow();
    });
  }

  drawNow() {
    const context = this.canvas.getContext("2d");
    const { scale, left, top } = this.transform();
    const { pixels } = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    context.setTransform(scale * pixels, 0, 0, scale * pixels, left * pixels, top * pixels);
    const hatches = new Map();
    const hatch = (pattern) => {
      if (!hatches.has(pattern)) {
        const made = context.createPattern(pattern, "repeat");
        // Hatching is as fine on the screen however close the map is.
        made.setTransform(new DOMMatrix().scale(1 / (scale * pixels)));
        hatches.set(pattern, made);
      }
      return hatches.get(pattern);
    };
    const tiles = this.tilesInView(scale, left, top);
    for (const layer of tiles) {
      const { fill, pattern } = layer;
      const path = this.pathFor(layer);
      context.fillStyle = fill;
      context.fill(path, "evenodd");
      if (pattern) {
        context.fillStyle = hatch(pattern);
        context.fill(path, "evenodd");
      }
    }
    // Borders cost most: hair lines, and none where areas are smaller than a few pixels.
    const typical = Math.sqrt((this.shapes.width * this.shapes.height) / this.shapes.areas.length);
    if (typical * scale > 3) {
      context.lineWidth = (typical * scale > 20 ? 1 : 0.4) / scale;
      context.strokeStyle = "#4c6272";
      for (const layer of tiles) context.stroke(this.pathFor(layer));
    }
    const chosen = this.shapes.areas[this.walk[this.at]];
    if (chosen) {
      context.lineJoin = "round";
      for (const [width, colour] of [
        [7, "#ffeb3b"],
        [3, "#212b32"],
      ]) {
        context.lineWidth = width / scale;
        context.strokeStyle = colour;
        context.stroke(pathOf(chosen));
      }
    }
    context.setTransform(pixels, 0, 0, pixels, 0, 0);
    this.labels(context, scale, left, top);
  }

  // Close up, only what is seen is worth drawing.
  tilesInView(scale, left, top) {
    const { clientWidth, clientHeight } = this.canvas;
    const [west, north] = [-left / scale, -top / scale];
    const [east, south] = [(clientWidth - left) / scale, (clientHeight - top) / scale];
    return this.layers.filter(
      ({ box }) => box[2] >= west && box[0] <= east && box[3] >= north && box[1] <= south,
    );
  }

  // Seen whole, outlines are as fine as pixels; close up, as they were published.
  pathFor(layer) {
    if (this.view.zoom >= FINE) {
      layer.fine ??= pathOfLayer(layer, 0);
      return layer.fine;
    }
    if (layer.coarseFor !== this.fit) {
      layer.coarse = pathOfLayer(layer, 0.5 / (this.fit * Math.sqrt(FINE)));
      layer.coarseFor = this.fit;
    }
    return layer.coarse;
  }

  // Numbers where there is room for them, so that nothing hangs on colour.
  labels(context, scale, left, top) {
    const { clientWidth, clientHeight } = this.canvas;
    context.font = "600 13px arial, sans-serif";
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const area of this.shapes.areas) {
      const { box, label } = area;
      if ((box[2] - box[0]) * scale < 34 || (box[3] - box[1]) * scale < 20) continue;
      const x = left + label[0] * scale;
      const y = top + label[1] * scale;
      if (x < 0 || y < 0 || x > clientWidth || y > clientHeight) continue;
      const { fill, ink } = lookOf(area);
      const text = area.ratio ? String(Math.round(100 * area.ratio[0])) : "";
      context.lineWidth = 3;
      context.strokeStyle = fill;
      context.strokeText(text, x, y);
      context.fillStyle = ink;
      context.fillText(text, x, y);
    }
  }

  act(what) {
    const step = 0.2 / this.view.zoom;
    const { width, height } = this.shapes;
    const moves = {
      in: () => this.zoom(1.5),
      out: () => this.zoom(1 / 1.5),
      west: () => this.move(-step * width, 0),
      east: () => this.move(step * width, 0),
      north: () => this.move(0, -step * height),
      south: () => this.move(0, step * height),
      whole: () => {
        this.view = { x: 0, y: 0, zoom: 1 };
        this.draw();
      },
      next: () => this.choose(this.at + 1, true),
      previous: () => this.choose(this.at < 0 ? -1 : this.at - 1, true),
    };
    moves[what]?.();
  }

  keyDown(event) {
    const does = {
      "+": "in",
      "=": "in",
      "-": "out",
      "−": "out",
      _: "out",
      0: "whole",
      ArrowLeft: "west",
      ArrowRight: "east",
      ArrowUp: "north",
      ArrowDown: "south",
      PageDown: "next",
      PageUp: "previous",
    }[event.key];
    if (!does || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.act(does);
  }

  zoom(factor, x, y) {
    const { scale, left, top } = this.transform();
    const zoom = Math.min(CLOSEST, Math.max(1, this.view.zoom * factor));
    if (x !== undefined) {
      // What is under the pointer stays under it.
      const { width, height } = this.shapes;
      const { clientWidth, clientHeight } = this.canvas;
      const to = this.fit * zoom;
      this.view.x = (x - left) / scale - width / 2 - (x - clientWidth / 2) / to;
      this.view.y = (y - top) / scale - height / 2 - (y - clientHeight / 2) / to;
    }
    this.view.zoom = zoom;
    this.move(0, 0);
  }

  move(x, y) {
    const { width, height } = this.shapes;
    const keep = (value, size) => Math.min(size / 2, Math.max(-size / 2, value));
    this.view.x = keep(this.view.x + x, width);
    this.view.y = keep(this.view.y + y, height);
    this.draw();
  }

  pointer() {
    const held = new Map();
    let dragged = false;
    let spread = 0;
    const apart = () => {
      const [a, b] = [...held.values()];
      return Math.hypot(a.x - b.x, a.y - b.y);
    };
    const { canvas } = this;
    canvas.addEventListener("pointerdown", (event) => {
      held.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
      if (held.size === 1) dragged = false;
      else if (held.size === 2) spread = apart();
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", (event) => {
      const before = held.get(event.pointerId);
      if (!before) {
        if (event.pointerType === "mouse") this.show(this.areaAt(event.offsetX, event.offsetY));
        return;
      }
      const [x, y] = [event.offsetX - before.x, event.offsetY - before.y];
      if (Math.hypot(x, y) < 3 && !dragged) return;
      dragged = true;
      held.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
      if (held.size === 2) {
        const now = apart();
        if (spread > 0) this.zoom(now / spread, event.offsetX, event.offsetY);
        spread = now;
        return;
      }
      const { scale } = this.transform();
      this.move(-x / scale, -y / scale);
    });
    const release = (event) => {
      if (
        held.delete(event.pointerId) &&
        held.size === 0 &&
        !dragged &&
        event.type === "pointerup"
      ) {
        const found = this.areaAt(event.offsetX, event.offsetY);
        if (found !== undefined) this.choose(this.walk.indexOf(found), false);
      }
    };
    canvas.addEventListener("pointerup", release);
    canvas.addEventListener("pointercancel", release);
    canvas.addEventListener(
      "wheel",
      (event) => {
        // The page scrolls as always; with Ctrl, or pinching, the map comes closer.
        if (!event.ctrlKey) return;
        event.preventDefault();
        this.zoom(Math.exp(-event.deltaY / 200), event.offsetX, event.offsetY);
      },
      { passive: false },
    );
  }

  areaAt(x, y) {
    const { scale, left, top } = this.transform();
    const context = this.canvas.getContext("2d");
    const [u, v] = [(x - left) / scale, (y - top) / scale];
    context.setTransform(1, 0, 0, 1, 0, 0);
    return this.shapes.areas.findIndex(
      (area) =>
        u >= area.box[0] &&
        v >= area.box[1] &&
        u <= area.box[2] &&
        v <= area.box[3] &&
        context.isPointInPath(pathOf(area), u, v, "evenodd"),
    );
  }

  // The n-th area of the walk; its numbers are said, and where asked for the map goes there.
  choose(position, go) {
    const length = this.walk.length;
    this.at = ((position % length) + length) % length;
    const index = this.walk[this.at];
    this.show(index);
    if (go) {
      const { box } = this.shapes.areas[index];
      const { width, height } = this.shapes;
      this.view.x = (box[0] + box[2]) / 2 - width / 2;
      this.view.y = (box[1] + box[3]) / 2 - height / 2;
      const size = Math.max(box[2] - box[0], box[3] - box[1]) * this.fit * this.view.zoom;
      if (size < 24) this.view.zoom = Math.min(CLOSEST, (this.view.zoom * 60) / size);
    }
    this.draw();
  }

  show(index) {
    const area = this.shapes.areas[index];
    if (area) this.words.textContent = inWords(area, this.about);
  }

  linkRow(row) {
    const index = this.shapes.areas.findIndex(({ code }) => code === row.dataset.area);
    if (index < 0) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "area-map__row";
    button.textContent = row.textContent;
    button.setAttribute("aria-label", `${row.textContent}: show on the map`);
    button.addEventListener("click", () => {
      this.choose(this.walk.indexOf(index), true);
      this.canvas.focus();
      this.canvas.scrollIntoView({ block: "nearest" });
    });
    row.replaceChildren(button);
  }

  key() {
    const list = document.getElementById("area-map-key");
    const entries = [
      ...CLASSES.map(({ fill, text }) => ({ fill, text })),
      { ...TOO_FEW, pattern: "tooFew" },
      { fill: "#ffffff", text: "fewer, beyond chance", pattern: "fewer" },
      { fill: "#ffffff", text: "more, beyond chance", pattern: "more" },
    ];
    for (const { fill, text, pattern } of entries) {
      const item = document.createElement("li");
      const swatch = document.createElement("canvas");
      swatch.width = 28;
      swatch.height = 18;
      swatch.setAttribute("aria-hidden", "true");
      const context = swatch.getContext("2d");
      context.fillStyle = fill;
      context.fillRect(0, 0, 28, 18);
      if (pattern) {
        context.fillStyle = context.createPattern(patternOf(pattern, "#212b32"), "repeat");
        context.fillRect(0, 0, 28, 18);
      }
      context.strokeStyle = "#4c6272";
      context.strokeRect(0.5, 0.5, 27, 17);
      item.append(swatch, ` ${text}`);
      list.append(item);
    }
  }
}

function inWords({ name, district, people, standing, observed, expected, ratio }, { many, drawn }) {
  const number = (value) => value.toLocaleString("en-GB", { maximumFractionDigits: 0 });
  const where = district && !name.includes(district) ? `${name}, ${district}` : name;
  const start = `${where}: ${number(people)} people who could need the service.`;
  if (standing === "tooFew") return `${start} Too few referrals are expected to say.`;
  const came = observed === 1 ? "1 referral" : `${number(observed)} referrals`;
  const counted = `${came}, ${number(expected)} expected.`;
  if (!ratio)
    return `${start} ${counted} ${many[0].toUpperCase()}${many.slice(1)} differ no more than by chance.`;
  const [value, lower, upper] = ratio.map((one) => number(100 * one));
  const chance = { fewer: ", fewer beyond chance", more: ", more beyond chance" }[standing] ?? "";
  return `${start} ${counted} ${drawn ? `Drawn towards the other ${many}: ${value}` : value} for every 100 expected, likely ${lower} to ${upper}${chance}.`;
}
