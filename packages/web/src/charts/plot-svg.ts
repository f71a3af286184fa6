import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";

/** Draws a chart at a width in CSS pixels, named by a sentence for those who cannot see it. */
export type DrawChart = (width: number, sentence: string) => string;

/** Every text and mark of a chart is at least this tall, in CSS pixels. */
export const CHART_TEXT = 15;

/** Stands for the chart's name until it is put in, escaped in full. */
const NAME = "taproot-chart-name";

const { document } = parseHTML("<!doctype html><html><body></body></html>");

/**
 * Renders a plot to SVG that a strict page may hold and a screen reader can read: one image with one name, no style
 * elements or attributes (the content security policy forbids them), no labels on groups (which have no role), sized by
 * the page.
 */
export function plotSvg(options: Plot.PlotOptions & { width: number }, sentence: string): string {
  const svg = Plot.plot({ ...options, document: document as unknown as Document });
  for (const style of [...svg.querySelectorAll("style")]) style.remove();
  for (const element of [...svg.querySelectorAll("*")]) {
    element.removeAttribute("aria-label");
    element.removeAttribute("aria-description");
    element.removeAttribute("aria-hidden");
    styleToAttributes(element);
  }
  for (const name of ["class", "width", "height", "font-family", "style"])
    svg.removeAttribute(name);
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", NAME);
  svg.setAttribute("focusable", "false");
  svg.setAttribute("font-size", String(CHART_TEXT));
  return svg.outerHTML
    .replace(/(\d+\.\d{2})\d+/g, "$1")
    .replace(NAME, () => escapeAttribute(sentence));
}

/** Moves what a style attribute says to presentation attributes, which the policy allows. */
function styleToAttributes(element: Element): void {
  const style = element.getAttribute("style");
  if (style === null) return;
  element.removeAttribute("style");
  for (const declaration of style.split(";")) {
    const [name, value] = declaration.split(":").map((part) => part.trim());
    if (name && value && !element.hasAttribute(name)) element.setAttribute(name, value);
  }
}

function escapeAttribute(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
