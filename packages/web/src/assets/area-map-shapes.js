// What an area looks like on the map, and its outline as paths.

// From far fewer referrals than expected to far more; told apart in every common colour blindness, and never by colour alone.
export const CLASSES = [
  { until: 0.75, fill: "#9d1247", ink: "#ffffff", text: "under 75" },
  { until: 0.9, fill: "#e08a8f", ink: "#212b32", text: "75 to 90" },
  { until: 1.1, fill: "#f2efe6", ink: "#212b32", text: "90 to 110" },
  { until: 1.33, fill: "#8fbfe6", ink: "#212b32", text: "110 to 133" },
  { until: Number.POSITIVE_INFINITY, fill: "#00326b", ink: "#ffffff", text: "over 133" },
];
const AS_EXPECTED = 2;
export const TOO_FEW = { fill: "#ffffff", ink: "#4c6272", text: "too few to say" };

// From steps in 1e-5 degrees to a plane on which a unit is as long from north to south as from west to east.
export function project(areas) {
  let [west, east, south, north] = [1e9, -1e9, 1e9, -1e9];
  const decoded = areas.map((area) => ({
    ...area,
    rings: area.rings.map((steps) => {
      const ring = new Float64Array(steps.length);
      let [x, y] = [0, 0];
      for (let i = 0; i < steps.length; i += 2) {
        x += steps[i];
        y += steps[i + 1];
        ring[i] = x;
        ring[i + 1] = y;
        if (x < west) west = x;
        if (x > east) east = x;
        if (y < south) south = y;
        if (y > north) north = y;
      }
      return ring;
    }),
  }));
  const narrower = Math.cos((((north + south) / 2) * 1e-5 * Math.PI) / 180);
  for (const area of decoded) {
    const box = [1e9, 1e9, -1e9, -1e9];
    let largest = -1;
    let part = box;
    for (const ring of area.rings) {
      const own = [1e9, 1e9, -1e9, -1e9];
      for (let i = 0; i < ring.length; i += 2) {
        ring[i] = (ring[i] - west) * narrower;
        ring[i + 1] = north - ring[i + 1];
        own[0] = Math.min(own[0], ring[i]);
        own[1] = Math.min(own[1], ring[i + 1]);
        own[2] = Math.max(own[2], ring[i]);
        own[3] = Math.max(own[3], ring[i + 1]);
      }
      const size = (own[2] - own[0]) * (own[3] - own[1]);
      if (size > largest) {
        largest = size;
        part = own;
      }
      box[0] = Math.min(box[0], own[0]);
      box[1] = Math.min(box[1], own[1]);
      box[2] = Math.max(box[2], own[2]);
      box[3] = Math.max(box[3], own[3]);
    }
    area.box = box;
    area.label = broadest(area.rings, part);
  }
  return {
    areas: decoded,
    width: Math.max(1, (east - west) * narrower),
    height: Math.max(1, north - south),
  };
}

// Where the number stands: the middle of the broadest stretch inside, of some that cross the part from west to east.
function broadest(rings, [west, north, east, south]) {
  let [widest, at] = [0, [(west + east) / 2, (north + south) / 2]];
  for (const share of [0.5, 0.4, 0.6, 0.3, 0.7]) {
    const y = north + share * (south - north);
    const crossings = [];
    for (const ring of rings)
      for (let i = 0; i + 3 < ring.length; i += 2) {
        const [ax, ay, bx, by] = [ring[i], ring[i + 1], ring[i + 2], ring[i + 3]];
        if (ay > y !== by > y) crossings.push(ax + ((y - ay) * (bx - ax)) / (by - ay));
      }
    crossings.sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2)
      if (crossings[i + 1] - crossings[i] > 1.1 * widest) {
        widest = crossings[i + 1] - crossings[i];
        at = [(crossings[i] + crossings[i + 1]) / 2, y];
      }
  }
  return at;
}

// One layer for all areas of a look in one tile: a map of 34,000 areas is some hundred fills, and close up a few.
export function layersOf({ areas, width, height }) {
  const tiles = Math.max(1, Math.round(Math.sqrt(areas.length / 500)));
  const layers = new Map();
  const patterns = new Map();
  for (const area of areas) {
    const { fill, ink } = lookOf(area);
    const { box, standing, label } = area;
    const [column, row] = [label[0] / width, label[1] / height].map((at) =>
      Math.min(tiles - 1, Math.floor(at * tiles)),
    );
    const look = `${fill} ${standing}`;
    if (standing !== "asExpected" && !patterns.has(look))
      patterns.set(look, patternOf(standing, ink));
    const key = `${look} ${column} ${row}`;
    let layer = layers.get(key);
    if (!layer) {
      layer = { areas: [], fill, pattern: patterns.get(look), box: [...box] };
      layers.set(key, layer);
    }
    layer.areas.push(area);
    layer.box = [
      Math.min(layer.box[0], box[0]),
      Math.min(layer.box[1], box[1]),
      Math.max(layer.box[2], box[2]),
      Math.max(layer.box[3], box[3]),
    ];
  }
  return [...layers.values()];
}

// A layer's path, made when it is first drawn. Places nearer than `least` to the one before are left out: points of a map
// that is seen whole lie closer together than its pixels.
export function pathOfLayer({ areas }, least) {
  const path = new Path2D();
  for (const { rings } of areas) for (const ring of rings) trace(path, ring, least);
  return path;
}

export function pathOf(area) {
  if (!area.path) {
    area.path = new Path2D();
    for (const ring of area.rings) trace(area.path, ring);
  }
  return area.path;
}

function trace(path, ring, least = 0) {
  let [x, y] = [ring[0], ring[1]];
  path.moveTo(x, y);
  for (let i = 2; i < ring.length; i += 2) {
    if (Math.abs(ring[i] - x) < least && Math.abs(ring[i + 1] - y) < least) continue;
    [x, y] = [ring[i], ring[i + 1]];
    path.lineTo(x, y);
  }
  path.closePath();
}

export function lookOf({ ratio, standing }) {
  if (standing === "tooFew") return TOO_FEW;
  if (!ratio) return CLASSES[AS_EXPECTED];
  return CLASSES.find(({ until }) => ratio[0] < until);
}

export function patternOf(standing, ink) {
  const tile = document.createElement("canvas");
  tile.width = 8;
  tile.height = 8;
  const context = tile.getContext("2d");
  context.strokeStyle = ink;
  context.fillStyle = ink;
  context.globalAlpha = 0.55;
  if (standing === "tooFew") context.fillRect(3, 3, 1.5, 1.5);
  else {
    const down = standing === "fewer";
    context.lineWidth = 1.2;
    context.beginPath();
    for (const shift of [-8, 0, 8]) {
      context.moveTo(shift, down ? 0 : 8);
      context.lineTo(shift + 8, down ? 8 : 0);
    }
    context.stroke();
  }
  return tile;
}
