// The payload that kg/page/payload.py and network.py write, and the indices over it.

export type Mark = [number, number];
export interface Time { v: string; a?: string; b?: string; w: string; m?: Mark }
export interface Quantity { v?: number; a?: number; b?: number; c: string; k: string; u?: string; w: string; n?: string; m?: Mark; as_of?: Time; said?: Time }
export interface End { e?: number; l?: string; t?: string; m?: Mark }
export interface Link { n: number; s: number; c: string; k: string; m?: Mark }
export interface Fact {
  i: string; e: number; p: string; c: number; w: string; s: End; o: End; g?: Mark; k?: string; pl?: string; ct?: string; tn?: string;
  v?: 1; y?: 1; ev?: string; et?: string; r?: { r: string; e: number; m?: Mark }[]; h?: Link[]; u: number[]; q?: Quantity; tm?: Time; at?: [number, Mark | null];
  z?: Support; // behind its triple; absent: one article, one outlet, one source, no copy
}
export type Support = [articles: number, outlets: number, sources: number, copies: number];
export interface Entity { i: string; l: string; t: string; f: string; a?: string[]; n?: number; s?: string[] }
export interface Article { i: string; s: string; t?: string; d?: string; p?: string; u?: string; x?: string }
export interface Sentence { a: number; b: number; x: string }
export interface Source { l: string; e?: number }
export interface Comparison { g: string; k: string; m: string; f: [number, number]; c?: string | null; e?: string | null }
export type Manner = "asserted" | "claimed" | "hedged" | "denied";
export interface GraphNode { id: number; label: string; shape: string; x: number; y: number; size: number; community: number; rank: number }
export interface GraphEdge { from: number; to: number; label: string; manner: Manner; facts: number[] }
export interface Family { name: string; label: string; shape: string; color: string }

interface Payload {
  articles: Article[]; entities: Entity[]; sentences: Sentence[]; sources: Source[]; facts: Fact[]; comparisons: Comparison[];
  labels: Record<string, string>; definitions: Record<string, string>; wordings: Record<string, string[]>; symmetric: string[]; families: [string, string, string, string][];
  about: { title: string; version: string; triples: number; nodes_left_out: number; articles_left_out: number; queries: [string, string, string][]; terms: string[] };
}

const read = <T>(id: string): T => JSON.parse(document.getElementById(id)?.textContent || "{}") as T;

export const data = read<Payload>("data");
const graph = read<{ nodes: GraphNode[]; edges: GraphEdge[] }>("graph");

export const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
export const edges = graph.edges;
export const families: Family[] = data.families.map(([name, label, shape, color]) => ({ name, label, shape, color }));
export const symmetric = new Set(data.symmetric);

export const edgeOfFact = new Map<number, number>();
edges.forEach((edge, number) => edge.facts.forEach((fact) => edgeOfFact.set(fact, number)));

export const edgesOfNode = new Map<number, number[]>();
edges.forEach((edge, number) => {
  for (const end of edge.from === edge.to ? [edge.from] : [edge.from, edge.to]) {
    const list = edgesOfNode.get(end);
    if (list) list.push(number);
    else edgesOfNode.set(end, [number]);
  }
});

export const sentenceOf = (fact: Fact): Sentence => data.sentences[fact.e];
export const articleOf = (fact: Fact): Article => data.articles[sentenceOf(fact).a];
/** A term's label; a measure, which is none, in words. */
export const label = (name: string): string => data.labels[name] ?? name.replace(/[A-Z]/g, (c) => ` ${c.toLowerCase()}`);
export const endLabel = (end: End): string => (end.e === undefined ? end.l ?? "" : data.entities[end.e].l);
export const articleTitle = (article: Article): string => article.t || article.s;

export function mannerOf(fact: Fact): Manner {
  if (fact.y) return "asserted";
  if (fact.pl) return "denied";
  return fact.ct || fact.tn === "future" ? "hedged" : "claimed";
}

/** Who says it, outermost first; who says it together, at one level, in one name: “A and B”. */
export function levelsOf(fact: Fact): string[] {
  const levels: string[][] = [];
  for (const one of fact.h ?? []) (levels[one.n] ??= []).push(data.sources[one.s].l);
  return levels.filter(Boolean).map((names) => names.join(" and "));
}

/** What stands behind the asserted triple of some statements, as the build counted it: an article and its copies count once. */
export function supportOf(list: number[]): Support | null {
  const asserted = list.map((number) => data.facts[number]).filter((fact) => fact.y);
  if (!asserted.length) return null;
  // Both directions of a symmetric relation are one edge; the better supported speaks for it.
  return asserted.map((fact) => fact.z ?? ALONE).sort((a, b) => b[2] - a[2] || b[0] - a[0])[0];
}
const ALONE: Support = [1, 1, 1, 0];

/** Every statement in which an entity takes part: as an end, in a role, or as who says it. */
let involved: Map<number, number[]> | undefined;
export function factsOf(entity: number): number[] {
  if (!involved) {
    involved = new Map();
    data.facts.forEach((fact, number) => {
      for (const one of participants(fact)) {
        const list = involved!.get(one);
        if (list) list.push(number);
        else involved!.set(one, [number]);
      }
    });
  }
  return involved.get(entity) ?? [];
}

function participants(fact: Fact): Set<number> {
  const found = new Set<number>();
  if (fact.s.e !== undefined) found.add(fact.s.e);
  if (fact.o.e !== undefined) found.add(fact.o.e);
  fact.r?.forEach((role) => found.add(role.e));
  if (fact.at) found.add(fact.at[0]);
  return found;
}

/** An entity's name in addresses: what is its own in its IRI, so that a link survives another build. */
const common = commonPrefix(data.entities.map((entity) => entity.i));
export const keyOf = (entity: number): string => data.entities[entity].i.slice(common.length);
const byKey = new Map(data.entities.map((_, number) => [keyOf(number), number]));
export const entityByKey = (key: string): number | undefined => byKey.get(key);
export const entityByIri = (iri: string): number | undefined => (iri.startsWith(common) ? byKey.get(iri.slice(common.length)) : undefined);

function commonPrefix(texts: string[]): string {
  if (texts.length < 2) return "";
  let [prefix] = texts;
  for (const text of texts) while (!text.startsWith(prefix)) prefix = prefix.slice(0, -1);
  return prefix.slice(0, prefix.lastIndexOf("/") + 1);
}

/** Lower case without diacritics, also of letters that do not decompose. */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[łøđðþßæœı’‘“”]/g, (c) => ({ ł: "l", ø: "o", đ: "d", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe", ı: "i", "’": "'", "‘": "'", "“": '"', "”": '"' })[c] ?? c);
}
