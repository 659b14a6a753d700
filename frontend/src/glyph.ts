// The shape and colour of a family, small, for legends and lists.

import { families, type Manner } from "./data";
import { svg } from "./dom";

export const SHAPES: Record<string, string> = {
  dot: "M8 2a6 6 0 1 1 0 12a6 6 0 1 1 0-12z",
  ring: "M8 2a6 6 0 1 1 0 12a6 6 0 1 1 0-12z",
  square: "M2.8 2.8h10.4v10.4H2.8z",
  diamond: "M8 1l7 7-7 7-7-7z",
  triangle: "M8 1.8l6.6 11.6H1.4z",
  triangleDown: "M8 14.2L1.4 2.6h13.2z",
  hexagon: "M4.6 2.1h6.8L15 8l-3.6 5.9H4.6L1 8z",
  star: "M8 .8l2.1 4.7 5.1.5-3.9 3.4 1.2 5L8 11.800l-4.500 2.600 1.200-5L.8 6l5.100-.5z",
};

export function glyph(family: string, size = 12): SVGElement {
  const shape = families.find((one) => one.name === family)?.shape ?? "dot";
  return svg("svg", { class: `glyph ${family} ${shape}`, viewBox: "0 0 16 16", width: size, height: size, "aria-hidden": "true" }, svg("path", { d: SHAPES[shape] }));
}

export function stroke(manner: Manner | "reports" | "several"): SVGElement {
  const cross = manner === "denied" ? [svg("path", { d: "M14 3l6 6M20 3l-6 6" })] : [];
  return svg("svg", { class: `stroke ${manner}`, viewBox: "0 0 34 12", width: 34, height: 12, "aria-hidden": "true" }, svg("path", { d: "M1 6h32" }), cross);
}
