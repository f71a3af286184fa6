import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** A file that pages load, in memory, with the version that its address carries. */
export interface Asset {
  readonly type: string;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly version: string;
}

const OWN = [
  "area-map-shapes.js",
  "area-map.js",
  "taproot.css",
  "taproot.js",
  "taproot.svg",
] as const;
const ICONS = ["arrow-down", "arrow-up", "arrow-up-down", "cross"] as const;

const TYPES: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

/**
 * Everything that a page may load, by name. Only these names are served, so that no path can lead anywhere else. The
 * design's style sheet is used without its fonts, which would come from another site and are the NHS's own.
 */
export function readAssets(): ReadonlyMap<string, Asset> {
  const design = dirname(createRequire(import.meta.url).resolve("nhsuk-frontend/package.json"));
  const dist = join(design, "dist/nhsuk");
  const css = readFileSync(join(dist, "nhsuk-frontend.min.css"), "utf8")
    .replaceAll(/@font-face\{[^}]*\}/g, "")
    .replaceAll(/Frutiger W01,?/g, "")
    .replaceAll("font-family:arial,sans-serif", 'font-family:arial,"Helvetica Neue",sans-serif')
    .replaceAll("url(/assets/images/", "url(/assets/")
    .replaceAll(/\/\*# sourceMappingURL=.*?\*\//g, "");
  const assets = new Map<string, Asset>();
  const add = (name: string, content: string | Buffer) => {
    const body = new Uint8Array(Buffer.from(content));
    assets.set(name, {
      type: TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream",
      body,
      version: createHash("sha256").update(body).digest("hex").slice(0, 12),
    });
  };
  add("nhsuk.css", css);
  add(
    "nhsuk.js",
    readFileSync(join(dist, "nhsuk-frontend.min.js"), "utf8").replaceAll(
      /\/\/# sourceMappingURL=.*/g,
      "",
    ),
  );
  for (const name of ICONS)
    add(`nhsuk-icon-${name}.svg`, readFileSync(join(dist, `assets/images/nhsuk-icon-${name}.svg`)));
  for (const name of OWN)
    add(name, readFileSync(join(import.meta.dirname, "../../src/assets", name)));
  return assets;
}

/** The address of an asset; a new version has a new address, so that browsers may keep it. */
export function assetAddress(assets: ReadonlyMap<string, Asset>, name: string): string {
  const asset = assets.get(name);
  if (!asset) throw new Error(`No asset is called ${name}.`);
  return `/assets/${name}?v=${asset.version}`;
}
