// Places for a few nodes on their own: the surroundings of one, the way between two. The same input gives the same picture.

import { nodes } from "./data";
import type { Live } from "./sight";

type Places = Map<number, [number, number]>;
const SPACING = 130;

/** Stress majorization over distances in the graph, begun where the nodes stand in the whole, `centre` held in the middle. */
export function arranged(list: number[], live: Live[], centre?: number): Places {
  const row = new Map(list.map((entity, n) => [entity, n]));
  const wanted = steps(list, live, row);
  const places = list.map((entity, n): [number, number] => {
    const node = nodes.get(entity)!;
    return [node.x + Math.cos(n * 2.4) * 20, node.y + Math.sin(n * 2.4) * 20];
  });
  const rounds = list.length > 150 ? 60 : 150;
  for (let round = 0; round < rounds; round++) majorize(places, wanted);
  for (let round = 0; round < 40; round++) if (!pushed(places)) break;
  const [cx, cy] = centre !== undefined && row.has(centre) ? places[row.get(centre)!] : [0, 0];
  return new Map(list.map((entity, n) => [entity, [Math.round((places[n][0] - cx) * 1.25), Math.round(places[n][1] - cy)]]));
}

function steps(list: number[], live: Live[], row: Map<number, number>): Float64Array[] {
  const near: Set<number>[] = list.map(() => new Set());
  for (const { edge } of live) {
    const [a, b] = [row.get(edge.from), row.get(edge.to)];
    if (a === undefined || b === undefined || a === b) continue;
    near[a].add(b);
    near[b].add(a);
  }
  return list.map((_, start) => {
    const found = new Float64Array(list.length).fill(5 * SPACING);
    found[start] = 0;
    const seen = new Set([start]);
    let [ring, distance] = [[start], 0];
    while (ring.length && distance < 5) {
      distance++;
      ring = ring.flatMap((n) => [...near[n]]).filter((n) => !seen.has(n) && seen.add(n));
      for (const n of ring) {
        const crowd = distance === 1 ? 1 + Math.max(0, Math.sqrt(Math.max(near[start].size, near[n].size)) - 2.5) / 4 : 1;
        found[n] = distance * SPACING * crowd;
      }
    }
    return found;
  });
}

function majorize(places: [number, number][], wanted: Float64Array[]): void {
  const next = places.map((at, i): [number, number] => {
    let [x, y, total] = [0, 0, 0];
    places.forEach((other, j) => {
      if (i === j) return;
      const [dx, dy] = [at[0] - other[0], at[1] - other[1]];
      const pull = wanted[i][j] / Math.max(Math.hypot(dx, dy), 1e-6);
      const weight = 1 / wanted[i][j] ** 2;
      x += weight * (other[0] + dx * pull);
      y += weight * (other[1] + dy * pull);
      total += weight;
    });
    return total ? [x / total, y / total] : at;
  });
  next.forEach((at, i) => (places[i] = at));
}

function pushed(places: [number, number][], least = 64): boolean {
  let moved = false;
  for (let i = 0; i < places.length; i++) {
    for (let j = i + 1; j < places.length; j++) {
      const [dx, dy] = [places[j][0] - places[i][0], places[j][1] - places[i][1]];
      const length = Math.hypot(dx, dy);
      if (length >= least) continue;
      const by = (least - length) / 2 / Math.max(length, 1e-6);
      places[i] = [places[i][0] - dx * by, places[i][1] - dy * by];
      places[j] = [places[j][0] + dx * by, places[j][1] + dy * by];
      moved = true;
    }
  }
  return moved;
}

/** Columns by distance from the first, each column centred. */
export function inRows(list: number[], columnOf: (entity: number) => number): Places {
  const columns = new Map<number, number[]>();
  for (const entity of list) columns.set(columnOf(entity), [...(columns.get(columnOf(entity)) ?? []), entity]);
  const places: Places = new Map();
  for (const [column, members] of columns) {
    members.forEach((entity, n) => places.set(entity, [column * 240, (n - (members.length - 1) / 2) * 90]));
  }
  return places;
}
