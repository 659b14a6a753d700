// Labels of constant size on the screen that never cover each other: the most important first, the rest left out.

export interface Label { text: string; x: number; y: number; gap: number; weight: number; kind: "node" | "edge" | "community"; strong: boolean; faint: boolean }
interface Box { left: number; top: number; right: number; bottom: number }

const SANS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
export const font = (kind: Label["kind"], strong: boolean, size: number): string =>
  kind === "edge" ? `italic ${size * 0.9}px ${SANS}` : `${strong ? "600 " : ""}${size}px ${SANS}`;

const measuring = document.createElement("canvas").getContext("2d")!;
const widths = new Map<string, number>();

function width(text: string, style: string): number {
  const key = style + text;
  let found = widths.get(key);
  if (found === undefined) {
    measuring.font = style;
    found = measuring.measureText(text).width;
    widths.set(key, found);
  }
  return found;
}

export const short = (text: string, most = 34): string => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);

const FIRST = 30;

/** The labels that fit, with the place of each; coordinates are the screen's. */
export function placed(labels: Label[], size: number, area: Box, obstacles: Box[] = []): (Label & { lines: string[]; top: number })[] {
  const taken = new Grid();
  const nodes = new Grid();
  obstacles.forEach((box) => nodes.add(box));
  const order = [...labels].sort((a, b) => Number(b.strong) - Number(a.strong) || Number(a.kind === "edge") - Number(b.kind === "edge") || b.weight - a.weight);
  const found: (Label & { lines: string[]; top: number })[] = [];
  for (const label of order) {
    if (label.x < area.left || label.x > area.right || label.y < area.top || label.y > area.bottom) continue;
    const lines = label.text.split("\n").map((line) => short(line));
    const style = font(label.kind, label.strong, size);
    const half = Math.max(...lines.map((line) => width(line, style))) / 2 + 2;
    const height = lines.length * (size + 2);
    const spots = label.kind !== "edge" ? around(label, half, height) : [{ x: label.x, top: label.y - height / 2 }];
    const boxOf = (spot: { x: number; top: number }): Box => ({ left: spot.x - half, right: spot.x + half, top: spot.top, bottom: spot.top + height });
    const within = (box: Box): boolean => box.left >= area.left && box.right <= area.right && box.top >= area.top && box.bottom <= area.bottom;
    const free = spots.filter((one) => within(boxOf(one)) && !taken.hits(boxOf(one)));
    // The best known keep their names even where these cover a lesser node.
    const spot = free.find((one) => !nodes.hits(boxOf(one))) ?? (label.strong ? spots[0] : label.kind !== "community" && found.length < FIRST ? free[0] : undefined);
    if (!spot) continue;
    const { x, top } = spot;
    taken.add(boxOf(spot));
    found.push({ ...label, x, lines, top });
  }
  return found;
}

/** Below the node by preference, else above, right, left. */
const around = (label: Label, half: number, height: number): { x: number; top: number }[] => [
  { x: label.x, top: label.y + label.gap },
  { x: label.x, top: label.y - label.gap - height },
  { x: label.x + label.gap + half, top: label.y - height / 2 },
  { x: label.x - label.gap - half, top: label.y - height / 2 },
];

/** Boxes in cells of the screen, so that a label is only held against those near it. */
class Grid {
  private cells = new Map<string, Box[]>();

  private *around(box: Box): Generator<string> {
    for (let x = Math.floor(box.left / 80); x <= Math.floor(box.right / 80); x++) {
      for (let y = Math.floor(box.top / 40); y <= Math.floor(box.bottom / 40); y++) yield `${x},${y}`;
    }
  }

  add(box: Box): void {
    for (const cell of this.around(box)) {
      const list = this.cells.get(cell);
      if (list) list.push(box);
      else this.cells.set(cell, [box]);
    }
  }

  hits(box: Box): boolean {
    for (const cell of this.around(box)) {
      for (const other of this.cells.get(cell) ?? []) {
        if (box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom) return true;
      }
    }
    return false;
  }
}
