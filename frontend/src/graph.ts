// The drawing: vis-network with physics off; labels, crosses and dimming are ours.

import { DataSet, Network } from "vis-network/standalone";
import { announce } from "./dom";
import { edges as allEdges, edgesOfNode, entityByKey, keyOf, nodes, symmetric } from "./data";
import { font, type Label, placed } from "./labels";
import { type Sight, sight, type ViewEdge, type ViewNode } from "./sight";
import { type State, state, update } from "./state";
import { DASHES, familyColor, inks, isDark, onTheme } from "./theme";

// vis-network's own items, whose options we set without rebuilding them.
type Body = { nodes: Record<string, any>; edges: Record<string, any> };

let network: Network;
let container: HTMLElement;
const nodeSet = new DataSet<any>();
const edgeSet = new DataSet<any>();
let current: Sight = { nodes: [], edges: [], note: "", shown: 0, all: 0, communities: false };
let viewNodes = new Map<string, ViewNode>();
let viewEdges = new Map<string, ViewEdge>();
let hovered: string | null = null;
let moving = false;

export const currentSight = (): Sight => current;
export const positionOf = (id: string): { x: number; y: number } => network.getPositions([id])[id];
export const midpointOf = (id: string): { x: number; y: number } => body().edges[id].edgeType.getPoint(0.5);
export const bendOf = (id: string): { x: number; y: number } | undefined => body().edges[id].edgeType.getViaNode?.();
export const canvas = (): HTMLCanvasElement => container.querySelector("canvas")!;
const body = (): Body => (network as unknown as { body: Body }).body;

export function mount(into: HTMLElement): void {
  container = into;
  network = new Network(into, { nodes: nodeSet, edges: edgeSet }, {
    autoResize: true,
    physics: { enabled: false },
    layout: { randomSeed: 1, improvedLayout: false },
    interaction: { hover: true, tooltipDelay: 1e9, hideEdgesOnDrag: false, keyboard: false, selectConnectedEdges: false, multiselect: false, zoomSpeed: 0.7 },
    nodes: { borderWidth: 1.5, chosen: false, labelHighlightBold: false },
    edges: { chosen: false, arrowStrikethrough: false, selectionWidth: 0, hoverWidth: 0, arrows: { to: { enabled: true, scaleFactor: 0.45 } } },
  });
  network.on("click", (event) => whileClicking(() => clicked(event)));
  network.on("doubleClick", doubleClicked);
  network.on("hoverNode", (event) => hover(event.node));
  network.on("blurNode", () => hover(null));
  network.on("hoverEdge", (event) => hover(event.edge));
  network.on("blurEdge", () => hover(null));
  network.on("dragStart", () => (moving = true));
  network.on("dragEnd", () => {
    moving = false;
    network.redraw();
  });
  network.on("afterDrawing", drawOver);
  network.on("zoom", paint);
  network.on("animationFinished", paint);
  onTheme(restyle);
  into.addEventListener("keydown", key);
}

export function draw(s: State, fit: boolean): Sight {
  current = upright(sight(s));
  // Empty while vis-network's own items change: every change of its data or options draws at once.
  viewNodes = new Map();
  viewEdges = new Map();
  hovered = null;
  const bends = parallel(current.edges);
  const many = current.edges.length > 700;
  network.setOptions({ interaction: { hideEdgesOnDrag: many } });
  edgeSet.clear();
  nodeSet.clear();
  nodeSet.add(current.nodes.map(visNode));
  edgeSet.add(current.edges.map((edge) => visEdge(edge, bends.get(edge.id) ?? 0)));
  viewNodes = new Map(current.nodes.map((node) => [node.id, node]));
  viewEdges = new Map(current.edges.map((edge) => [edge.id, edge]));
  if (fit) fitAll(false);
  paint();
  return current;
}

/** On a screen higher than wide the picture is turned, so that it fills it. */
function upright(seen: Sight): Sight {
  if (container.clientHeight < container.clientWidth * 1.1) return seen;
  return { ...seen, nodes: seen.nodes.map((node) => ({ ...node, x: node.y, y: node.x })) };
}

export function fitAll(animation = true): void {
  const smooth = animation && !matchMedia("(prefers-reduced-motion: reduce)").matches;
  network.fit({ animation: smooth ? { duration: 300, easingFunction: "easeInOutQuad" } : false, maxZoomLevel: 1.25 });
}

/** What was opened in the overview fills the drawing. */
export function fitOpened(communities: number[]): void {
  const ids = current.nodes.filter((node) => node.entity !== undefined && communities.includes(nodes.get(node.entity)!.community)).map((node) => node.id);
  if (ids.length) network.fit({ nodes: ids, animation: false, maxZoomLevel: 1.25 });
  paint();
}

export function zoom(factor: number): void {
  network.moveTo({ scale: Math.min(4, Math.max(0.02, network.getScale() * factor)) });
  paint();
}

/** Brings what was chosen elsewhere into the middle of what the panel leaves free; what was clicked in the drawing stays. */
export function centreOn(id: string): void {
  if (clicking) return;
  const scale = Math.max(network.getScale(), 0.75);
  if (viewEdges.has(id)) network.moveTo({ position: midpointOf(id), scale, offset: free() });
  else if (viewNodes.has(id)) network.moveTo({ position: positionOf(id), scale, offset: free() });
  paint();
}

/** How far the middle of the free part lies from the middle of the drawing, where the panel lies over it. */
function free(): { x: number; y: number } {
  const [all, panel] = [container.getBoundingClientRect(), document.getElementById("panel")!.getBoundingClientRect()];
  const covers = panel.width > 0 && panel.left < all.right - 1;
  if (!covers) return { x: 0, y: 0 };
  return panel.left > all.left + 40 ? { x: (panel.left - all.right) / 2, y: 0 } : { x: 0, y: Math.max(-all.height * 0.4, (panel.top - all.bottom) / 2) };
}

let clicking = false;
function whileClicking(run: () => void): void {
  clicking = true;
  run();
  clicking = false;
}

/** Edges of one pair fan out: how far each bends. */
function parallel(list: ViewEdge[]): Map<string, number> {
  const pairs = new Map<string, ViewEdge[]>();
  for (const edge of list) {
    const pair = edge.from < edge.to ? `${edge.from} ${edge.to}` : `${edge.to} ${edge.from}`;
    pairs.set(pair, [...(pairs.get(pair) ?? []), edge]);
  }
  const bends = new Map<string, number>();
  for (const members of pairs.values()) {
    const step = Math.min(0.22, 0.9 / members.length);
    members.forEach((edge, n) => {
      const side = edge.from < edge.to ? 1 : -1;
      bends.set(edge.id, (n - (members.length - 1) / 2) * step * side);
    });
  }
  return bends;
}

function visNode(node: ViewNode): Record<string, unknown> {
  const hollow = node.shape === "ring";
  return { id: node.id, x: node.x, y: node.y, size: node.size, shape: hollow ? "dot" : node.shape, color: nodeColor(node), borderWidth: hollow ? 2.5 : 1 };
}

function nodeColor(node: ViewNode): { background: string; border: string } {
  const { paper, soft } = inks();
  if (node.family === "community") return { background: isDark() ? "rgba(160,170,190,.16)" : "rgba(70,90,120,.10)", border: soft };
  const color = familyColor(node.family);
  return node.shape === "ring" ? { background: paper, border: color } : { background: color, border: paper };
}

function visEdge(edge: ViewEdge, bend: number): Record<string, unknown> {
  const arrows = { to: { enabled: pointed(edge), scaleFactor: 0.45 } };
  const smooth = Math.abs(bend) < 0.01 ? { enabled: false } : { enabled: true, type: bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bend) };
  return { id: edge.id, from: edge.from, to: edge.to, width: edge.width, dashes: DASHES[edge.manner], arrows, smooth };
}

/** Bundles between communities and symmetric relations have no direction. */
export const pointed = (edge: ViewEdge): boolean => edge.edge !== undefined && !symmetric.has(allEdges[edge.edge].label);

// ---- emphasis ---------------------------------------------------------------------------------------------------------

/** What the selection or the pointer brings out: nodes and edges by id; null when nothing does. */
function emphasis(): Set<string> | null {
  const id = hovered ?? selectedId(state);
  if (id === null) return null;
  const edge = viewEdges.get(id);
  if (edge) return new Set([id, edge.from, edge.to]);
  if (!viewNodes.has(id)) return null;
  const found = new Set([id]);
  for (const one of viewEdges.values()) if (one.from === id || one.to === id) [one.id, one.from, one.to].forEach((x) => found.add(x));
  return found;
}

export function selectedId(s: State): string | null {
  const [kind, key] = [s.selected.slice(0, 2), s.selected.slice(2)];
  if (kind === "n:") {
    const entity = entityByKey(key);
    return entity === undefined ? null : `n${entity}`;
  }
  if (kind !== "e:") return null;
  for (const edge of viewEdges.values()) if (edge.edge !== undefined && edgeKey(edge.edge) === key) return edge.id;
  return null;
}

export function edgeKey(number: number): string {
  const edge = allEdges[number];
  return `${keyOf(edge.from)}|${edge.label}|${keyOf(edge.to)}`;
}

/** Opacity of what is not brought out: under the pointer everything else steps back further than beside a selection. */
const dim = (): { node: number; edge: number; label: number } => (hovered ? { node: 0.16, edge: 0.08, label: 0.3 } : { node: 0.36, edge: 0.22, label: 0.6 });

export function paint(): void {
  const bright = emphasis();
  const faint = dim();
  const { line, accent, denied } = inks();
  const selected = selectedId(state);
  const items = body();
  const grown = growth();
  for (const node of viewNodes.values()) {
    const item = items.nodes[node.id];
    if (!item) continue;
    item.options.size = node.size * grown;
    item.shape.refreshNeeded = true;
    item.options.opacity = !bright || bright.has(node.id) ? 1 : faint.node;
    const color = nodeColor(node);
    item.options.color.background = color.background;
    item.options.color.border = node.id === selected ? accent : color.border;
    item.options.borderWidth = node.id === selected ? 4 : node.shape === "ring" ? 2.5 : 1;
  }
  for (const edge of viewEdges.values()) {
    const item = items.edges[edge.id];
    if (!item) continue;
    const on = !bright || bright.has(edge.id);
    const base = edge.manner === "denied" ? denied : line;
    item.options.color = { color: bright && on ? accent : base, opacity: on ? (edge.light && !bright ? 0.5 : 1) : faint.edge, inherit: false };
    if (bright && on && edge.manner === "denied") item.options.color.color = denied;
    item.options.width = (edge.id === selected ? edge.width + 1.2 : edge.width) * grown;
  }
  network.redraw();
}

function restyle(): void {
  paint();
}

/** Drawn from far away, nodes and lines shrink less than the distances between them, so that they stay visible. */
function growth(): number {
  const scale = network.getScale();
  return scale >= 1 ? 1 : Math.min(4, 1 / Math.pow(scale, 0.62));
}

function hover(id: string | null): void {
  if (moving || hovered === id) return;
  hovered = id;
  container.style.cursor = id ? "pointer" : "";
  paint();
}

// ---- labels and crosses over the drawing --------------------------------------------------------------------------------

function drawOver(context: CanvasRenderingContext2D): void {
  const scale = network.getScale();
  const view = network.getViewPosition();
  const area = {
    left: view.x * scale - container.clientWidth / 2, right: view.x * scale + container.clientWidth / 2,
    top: view.y * scale - container.clientHeight / 2, bottom: view.y * scale + container.clientHeight / 2,
  };
  context.save();
  context.scale(1 / scale, 1 / scale);
  crosses(context, scale);
  const size = container.clientWidth < 600 ? 11 : 12.5;
  writeLabels(context, placed(labels(scale), size, area, obstacles(scale)), size);
  counts(context, scale, size);
  context.restore();
}

/** How many entities a closed community holds, inside it. */
function counts(context: CanvasRenderingContext2D, scale: number, size: number): void {
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = inks().soft;
  context.font = font("node", false, size * 0.9);
  for (const node of viewNodes.values()) {
    const item = node.count === undefined ? undefined : body().nodes[node.id];
    if (item) context.fillText(String(node.count), item.x * scale, item.y * scale);
  }
}

function crosses(context: CanvasRenderingContext2D, scale: number): void {
  const { denied } = inks();
  const bright = emphasis();
  context.strokeStyle = denied;
  context.lineWidth = 2;
  for (const edge of viewEdges.values()) {
    if (edge.manner !== "denied" || (moving && viewEdges.size > 700)) continue;
    context.globalAlpha = !bright || bright.has(edge.id) ? 1 : 0.15;
    const at = midpointOf(edge.id);
    const [x, y, r] = [at.x * scale, at.y * scale, 4.5];
    context.beginPath();
    context.moveTo(x - r, y - r);
    context.lineTo(x + r, y + r);
    context.moveTo(x - r, y + r);
    context.lineTo(x + r, y - r);
    context.stroke();
  }
  context.globalAlpha = 1;
}

function labels(scale: number): Label[] {
  const bright = emphasis();
  const main = hovered ?? selectedId(state);
  const found: Label[] = [];
  for (const node of viewNodes.values()) {
    const on = !bright || bright.has(node.id);
    if (bright && !on && scale < 0.6) continue;
    const at = body().nodes[node.id];
    found.push({
      text: node.label, x: at.x * scale, y: at.y * scale, gap: at.options.size * scale + 3, weight: node.size + node.rank + (bright && on ? 1000 : 0),
      kind: node.community === undefined ? "node" : "community", strong: node.id === main, faint: !on,
    });
  }
  if (moving && viewEdges.size > 150) return found;
  const all = viewEdges.size <= 150 || scale > 0.9;
  for (const edge of viewEdges.values()) {
    const on = bright?.has(edge.id) ?? false;
    if (!edge.label || !(on || (all && !bright))) continue;
    const at = midpointOf(edge.id);
    const text = edge.manner === "denied" ? `not: ${edge.label}` : edge.label;
    found.push({ text, x: at.x * scale, y: at.y * scale + (edge.manner === "denied" ? 11 : 0), gap: 0, weight: edge.width, kind: "edge", strong: edge.id === main, faint: false });
  }
  return found;
}

/** Labels keep off nodes too, a little overlap allowed. */
function obstacles(scale: number): { left: number; top: number; right: number; bottom: number }[] {
  return [...viewNodes.values()].map((node) => {
    const item = body().nodes[node.id];
    const [x, y, r] = [item.x * scale, item.y * scale, item.options.size * scale * (node.count ? 0.8 : 0.6)];
    return { left: x - r, right: x + r, top: y - r, bottom: y + r };
  });
}

function writeLabels(context: CanvasRenderingContext2D, list: ReturnType<typeof placed>, size: number): void {
  const { paper, ink, soft } = inks();
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  for (const label of list) {
    context.font = font(label.kind, label.strong, size);
    context.globalAlpha = label.faint ? dim().label : 1;
    label.lines.forEach((line, n) => {
      const y = label.top + n * (size + 2);
      context.strokeStyle = paper;
      context.lineWidth = 3.5;
      context.strokeText(line, label.x, y);
      context.fillStyle = label.kind === "edge" ? soft : ink;
      context.fillText(line, label.x, y);
    });
  }
  context.globalAlpha = 1;
}

// ---- pointer and keyboard -----------------------------------------------------------------------------------------------

function clicked(event: { nodes: string[]; edges: string[] }): void {
  const [node] = event.nodes;
  if (node?.startsWith("c")) return openCommunity(Number(node.slice(1)));
  if (node) return update({ selected: `n:${keyOf(Number(node.slice(1)))}` });
  const edge = viewEdges.get(event.edges[0] ?? "");
  if (edge?.edge !== undefined) return update({ selected: `e:${edgeKey(edge.edge)}` });
  if (state.selected) update({ selected: "" });
}

function doubleClicked(event: { nodes: string[] }): void {
  const [node] = event.nodes;
  if (node?.startsWith("n")) update({ around: keyOf(Number(node.slice(1))), path: null, set: [] });
}

export function openCommunity(community: number): void {
  update({ open: [...new Set([...state.open, community])].sort((a, b) => a - b) });
}

const ARROWS: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function key(event: KeyboardEvent): void {
  const arrow = ARROWS[event.key];
  if (arrow && event.shiftKey) pan(arrow);
  else if (arrow) step(arrow);
  else if (event.key === "+" || event.key === "=") zoom(1.25);
  else if (event.key === "-") zoom(0.8);
  else if (event.key === "0") fitAll();
  else if (event.key === "Enter" && hovered) clicked(viewNodes.has(hovered) ? { nodes: [hovered], edges: [] } : { nodes: [], edges: [hovered] });
  else if (event.key === "e") nextEdge();
  else return;
  event.preventDefault();
}

function pan([x, y]: [number, number]): void {
  const view = network.getViewPosition();
  network.moveTo({ position: { x: view.x + (x * 80) / network.getScale(), y: view.y + (y * 80) / network.getScale() } });
}

/** The nearest node in the arrow's direction becomes the one under the keyboard. */
function step([dx, dy]: [number, number]): void {
  const from = hovered && viewNodes.has(hovered) ? hovered : selectedId(state);
  if (!from || !viewNodes.has(from)) return point([...viewNodes.values()].sort((a, b) => b.rank - a.rank)[0]?.id);
  const at = positionOf(from);
  let [best, least] = [from, Infinity];
  for (const id of viewNodes.keys()) {
    const to = positionOf(id);
    const along = (to.x - at.x) * dx + (to.y - at.y) * dy;
    const across = Math.abs((to.x - at.x) * dy) + Math.abs((to.y - at.y) * dx);
    if (id !== from && along > 0 && along + 2 * across < least) [best, least] = [id, along + 2 * across];
  }
  point(best);
}

function nextEdge(): void {
  const node = hovered && viewNodes.has(hovered) ? hovered : hovered ? viewEdges.get(hovered)?.from : selectedId(state);
  const around = [...viewEdges.values()].filter((edge) => edge.from === node || edge.to === node);
  const at = around.findIndex((edge) => edge.id === hovered);
  if (around.length) point(around[(at + 1) % around.length].id);
}

function point(id: string | undefined): void {
  if (!id) return;
  hovered = id;
  paint();
  const edge = viewEdges.get(id);
  if (!edge) network.moveTo({ position: positionOf(id) });
  announce(edge ? `${viewNodes.get(edge.from)!.label} ${edge.label} ${viewNodes.get(edge.to)!.label}` : `${viewNodes.get(id)!.label}, ${edgesOfNode.get(viewNodes.get(id)!.entity ?? -1)?.length ?? 0} edges`);
}
