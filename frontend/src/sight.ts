// What of the graph is on the screen: which nodes and edges, where, and in words what is not.

import { plural } from "./dom";
import { articleTitle, data, edges, edgesOfNode, entityByKey, factsOf, type GraphEdge, type Manner, nodes, sentenceOf, supportOf } from "./data";
import { passing } from "./filter";
import { arranged, inRows } from "./arrange";
import { short } from "./labels";
import type { State } from "./state";

export const MANY = 400; // more nodes than this are shown as communities first
const TOP = 150;
export const MOST = 1500; // what vis-network draws smoothly
const COMMUNITIES = 60;

export interface ViewNode { id: string; entity?: number; community?: number; count?: number; label: string; x: number; y: number; size: number; shape: string; family: string; rank: number }
export interface ViewEdge { id: string; edge?: number; from: string; to: string; width: number; manner: Manner; light: boolean; label: string }
export interface Sight { nodes: ViewNode[]; edges: ViewEdge[]; note: string; shown: number; all: number; communities: boolean; problem?: string; way?: number[]; hints?: Hint[] }
/** A way out of an empty picture. */
export interface Hint { text: string; change: Partial<State> }

export interface Live { edge: GraphEdge; number: number; facts: number[]; sources: number; light: boolean }

/** The edges that have a statement which passes, with those statements. */
export function liveEdges(s: State): Live[] {
  const passed = new Set(passing(s));
  const found: Live[] = [];
  edges.forEach((edge, number) => {
    const facts = edge.facts.filter((fact) => passed.has(fact));
    if (facts.length === 0) return;
    found.push({ edge, number, facts, sources: independent(edge, facts), light: facts.every((fact) => data.facts[fact].v) });
  });
  return found;
}

/** Independent sources of what passes; never more than the build counts for the triple, which knows the copies. */
function independent(edge: GraphEdge, facts: number[]): number {
  const named = new Set(facts.flatMap((fact) => data.facts[fact].u)).size;
  const support = supportOf(edge.facts);
  return support ? Math.min(support[2], facts.length === edge.facts.length ? support[2] : named) : named;
}

export function sight(s: State): Sight {
  const live = liveEdges(s);
  const ends = new Set(live.flatMap((one) => [one.edge.from, one.edge.to]));
  if (s.path) return path(s, live, ends);
  if (s.around !== null) return around(s, live, ends);
  if (s.set.length > 0) return chosen(s, live, ends);
  if (s.scope === "auto" && ends.size > MANY) return overview(s, live, ends);
  return ranked(s, live, ends, s.scope === "top" ? TOP : MOST);
}

function viewNode(entity: number, place?: [number, number]): ViewNode {
  const node = nodes.get(entity)!;
  const [x, y] = place ?? [node.x, node.y];
  return { id: `n${entity}`, entity, label: node.label, x, y, size: node.size, shape: node.shape, family: data.entities[entity].f, rank: node.rank };
}

/** 1 source .9, 2: 2.4, 3: 3.3, 5: 4.4, from 8: 5.4 pixels. */
const thickness = (sources: number): number => Math.min(5.4, 0.9 + 1.5 * Math.log2(Math.max(1, sources)));

function viewEdge(one: Live): ViewEdge {
  const { edge, number } = one;
  return {
    id: `e${number}`, edge: number, from: `n${edge.from}`, to: `n${edge.to}`, width: thickness(one.sources),
    manner: edge.manner, light: one.light, label: data.labels[edge.label] ?? edge.label,
  };
}

const byRank = (a: number, b: number): number => nodes.get(b)!.rank - nodes.get(a)!.rank || a - b;

function whole(kept: Set<number>, live: Live[], all: number, note: string, places?: Map<number, [number, number]>): Sight {
  const inside = live.filter((one) => kept.has(one.edge.from) && kept.has(one.edge.to));
  const shown = [...kept].sort((a, b) => a - b).map((entity) => viewNode(entity, places?.get(entity)));
  return { nodes: shown, edges: inside.map(viewEdge), note, shown: kept.size, all, communities: false };
}

const entities = (count: number): string => plural(count, "entity", "entities");

function leftOut(): string {
  const left = data.about.nodes_left_out;
  return left > 0 ? ` ${entities(left)} left out of the file.` : "";
}

/** What its lines are: the first sentence that a reader of the page sees. */
function linesOf(s: State, count: number): string {
  return `${plural(count, "connection")} ${s.layer === "all" ? "that articles state, report, plan or deny" : "that articles state or report as fact"}`;
}

function ranked(s: State, live: Live[], ends: Set<number>, most: number): Sight {
  const kept = new Set([...ends].sort(byRank).slice(0, most));
  // The best connected of a large graph stand far apart in it.
  const places = most === TOP && ends.size > MANY ? arranged([...kept], live) : undefined;
  const shown = whole(kept, live, ends.size, "", places);
  const which = kept.size < ends.size ? `The ${kept.size.toLocaleString("en")} best connected of ${entities(ends.size)}` : entities(kept.size);
  const hidden = kept.size < ends.size ? `; ${(ends.size - kept.size).toLocaleString("en")} hidden` : "";
  return { ...shown, note: `${which} and ${linesOf(s, shown.edges.length)}${hidden}.${leftOut()}` };
}

function neighboursOf(live: Live[]): Map<number, Set<number>> {
  const found = new Map<number, Set<number>>();
  const add = (a: number, b: number): void => void (found.get(a) ?? found.set(a, new Set()).get(a)!).add(b);
  for (const { edge } of live) {
    add(edge.from, edge.to);
    add(edge.to, edge.from);
  }
  return found;
}

function distances(start: number, neighbours: Map<number, Set<number>>, most: number): Map<number, number> {
  const found = new Map([[start, 0]]);
  const queue = [start];
  for (let at = 0; at < queue.length; at++) {
    const steps = found.get(queue[at])! + 1;
    if (steps > most) break;
    for (const next of neighbours.get(queue[at]) ?? []) {
      if (found.has(next)) continue;
      found.set(next, steps);
      queue.push(next);
    }
  }
  return found;
}

function around(s: State, live: Live[], ends: Set<number>): Sight {
  const start = entityByKey(s.around!);
  if (start === undefined || !nodes.has(start)) return { ...ranked(s, live, ends, 0), note: "", problem: "This entity has no edge in the graph." };
  const steps = distances(start, neighboursOf(live), s.depth);
  const order = [...steps.keys()].sort((a, b) => steps.get(a)! - steps.get(b)! || byRank(a, b));
  const kept = new Set(order.slice(0, 300));
  const hidden = order.length > 300 ? ` The ${order.length - 300} least connected of them are hidden.` : "";
  const note = `${nodes.get(start)!.label} and what is within ${plural(s.depth, "step")}: ${kept.size} of ${entities(ends.size)}.${hidden}`;
  return whole(kept, live, ends.size, note, arranged([...kept], live, start));
}

function path(s: State, live: Live[], ends: Set<number>): Sight {
  const [a, b] = s.path!.map(entityByKey);
  const none = (problem: string): Sight => ({ ...ranked(s, live, ends, 0), note: "", problem });
  if (a === undefined || b === undefined) return none("One of the two entities is not in this graph.");
  const passable = withoutPosts(live, a, b);
  const neighbours = neighboursOf(passable);
  const fromA = distances(a, neighbours, 99);
  const fromB = distances(b, neighbours, 99);
  const length = fromA.get(b);
  if (length === undefined) return { ...none(`Nothing connects ${data.entities[a].l} and ${data.entities[b].l} here.`), hints: otherWays(s, a, b) };
  const on = [...fromA.keys()].filter((n) => fromB.has(n) && fromA.get(n)! + fromB.get(n)! === length).sort(byRank);
  const kept = new Set([a, b, ...on.slice(0, 60)]);
  const note = `The shortest connection of ${data.entities[a].l} and ${data.entities[b].l}: ${plural(length, "step")}${on.length > length + 1 ? `, by several ways` : ""}.${on.length > 60 ? ` ${on.length - 60} entities hidden.` : ""}`;
  const forward = passable.filter(({ edge }) => Math.abs((fromA.get(edge.from) ?? 0) - (fromA.get(edge.to) ?? 0)) === 1);
  return { ...whole(kept, forward, ends.size, note, inRows([...kept], (n) => fromA.get(n)!)), way: oneWay(a, b, fromA, forward) };
}

/** A post that many hold (“president”) joins them in name alone: no way leads through one, only to one. */
function withoutPosts(live: Live[], a: number, b: number): Live[] {
  const open = (entity: number): boolean => entity === a || entity === b || data.entities[entity].f !== "role";
  return live.filter(({ edge }) => open(edge.from) && open(edge.to));
}

/** The edges of one shortest way from a to b, the best supported edge at each step. */
function oneWay(a: number, b: number, fromA: Map<number, number>, forward: Live[]): number[] {
  const found: number[] = [];
  for (let at = b; at !== a; ) {
    const before = (one: Live): number => (one.edge.from === at ? one.edge.to : one.edge.to === at ? one.edge.from : -1);
    const steps = forward.filter((one) => before(one) >= 0 && fromA.get(before(one)) === fromA.get(at)! - 1);
    const [best] = steps.sort((x, y) => y.sources - x.sources || x.number - y.number);
    found.unshift(best.number);
    at = before(best);
  }
  return found;
}

/** Where nothing connects two: everything that is said, without filters; then the articles that speak of both. */
function otherWays(s: State, a: number, b: number): Hint[] {
  const hints: Hint[] = [];
  const open: Partial<State> = { layer: "all", filters: new Map(), from: "", to: "", text: "" };
  if (distances(a, neighboursOf(withoutPosts(liveEdges({ ...s, ...open }), a, b)), 99).has(b)) hints.push({ text: "Among everything said, without filters, they are connected", change: open });
  const articles = (entity: number): Set<number> => new Set(factsOf(entity).map((n) => sentenceOf(data.facts[n]).a));
  const both = articles(b);
  const shared = [...articles(a)].filter((n) => both.has(n));
  return [...hints, ...shared.slice(0, 5).map((n) => ({ text: `“${articleTitle(data.articles[n])}” speaks of both`, change: { selected: `a:${data.articles[n].i}` } }))];
}

function chosen(s: State, live: Live[], ends: Set<number>): Sight {
  const wanted = s.set.map(entityByKey).filter((e): e is number => e !== undefined && nodes.has(e));
  const kept = new Set(wanted);
  const note = `${plural(kept.size, "chosen entity", "chosen entities")} of ${nodes.size}, and the connections between them.`;
  return whole(kept, live, ends.size, note, arranged(wanted, live));
}

function overview(s: State, live: Live[], ends: Set<number>): Sight {
  const members = new Map<number, number[]>();
  for (const entity of [...ends].sort(byRank)) {
    const community = nodes.get(entity)!.community;
    const list = members.get(community);
    if (list) list.push(entity);
    else members.set(community, [entity]);
  }
  const order = [...members.keys()].sort((a, b) => members.get(b)!.length - members.get(a)!.length || a - b);
  const open = new Set(s.open.filter((c) => members.has(c)));
  const closed = order.filter((c) => !open.has(c));
  const drawn = closed.slice(0, COMMUNITIES);
  const shown: ViewNode[] = drawn.map((c) => communityNode(c, members.get(c)!));
  for (const c of open) for (const entity of members.get(c)!.slice(0, 600)) shown.push(viewNode(entity));
  const visible = new Set(shown.map((node) => node.id));
  const placeOf = (entity: number): string => (open.has(nodes.get(entity)!.community) ? `n${entity}` : `c${nodes.get(entity)!.community}`);
  const lines = new Map<string, ViewEdge>();
  for (const one of live) {
    const [from, to] = [placeOf(one.edge.from), placeOf(one.edge.to)];
    if (from === to || !visible.has(from) || !visible.has(to)) continue;
    if (from[0] === "n" && to[0] === "n") lines.set(`e${one.number}`, viewEdge(one));
    else bundle(lines, from, to);
  }
  const single = shown.filter((node) => node.entity !== undefined).length;
  const small = closed.slice(COMMUNITIES).reduce((sum, c) => sum + members.get(c)!.length, 0);
  const note = `${entities(ends.size)} and ${linesOf(s, live.length)}: ${plural(drawn.length, "community", "communities")} drawn closed (click to open)${single ? `, ${entities(single)} opened` : ""}${small ? `; ${entities(small)} in ${closed.length - drawn.length} small groups hidden` : ""}.`;
  return { nodes: shown, edges: [...lines.values()], note: note + leftOut(), shown: single, all: ends.size, communities: true };
}

function communityNode(community: number, members: number[]): ViewNode {
  const all = members.map((entity) => nodes.get(entity)!);
  const mean = (of: "x" | "y"): number => all.reduce((sum, node) => sum + node[of], 0) / all.length;
  const label = members.slice(0, 2).map((entity) => short(nodes.get(entity)!.label, 20)).join("\n");
  return {
    id: `c${community}`, community, label, count: members.length, x: mean("x"), y: mean("y"),
    size: 18 + 9 * Math.sqrt(members.length), shape: "dot", family: "community", rank: members.length,
  };
}

function bundle(lines: Map<string, ViewEdge>, from: string, to: string): void {
  const id = [from, to].sort().join("-");
  const line = lines.get(id);
  if (line) line.width = Math.min(9, line.width + 0.4);
  else lines.set(id, { id, from, to, width: 1, manner: "asserted", light: true, label: "" });
}

export const degreeOf = (entity: number): number => edgesOfNode.get(entity)?.length ?? 0;
