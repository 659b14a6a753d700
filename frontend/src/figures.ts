// Figures on the same thing side by side, none merged: a dot or a range for each claim, and how each pair stands.

import { articleOf, articleTitle, type Comparison, data, label, levelsOf, type Quantity } from "./data";
import { h, plural, svg } from "./dom";
import { day } from "./evidence";
import { passing } from "./filter";
import { type State, update } from "./state";
import { inWords } from "./when";

export const KINDS: Record<string, string> = {
  conflict: "contradict each other", differentScope: "count different things", differentTime: "speak of different times", repetition: "repeat one source",
  compatible: "differ but can both be true", corroboration: "confirm each other", differentSource: "agree, from different sources",
};

/** How one claim stands to another, with the other's figure behind it. */
const TO: Record<string, string> = {
  conflict: "contradicts", differentScope: "counts something else than", differentTime: "speaks of another time than", repetition: "repeats the source of",
  compatible: "can be true beside", corroboration: "confirms", differentSource: "agrees with",
};

export function figures(into: HTMLElement, s: State): void {
  const passed = new Set(passing({ ...s, layer: "all" }));
  const groups = new Map<string, Comparison[]>();
  for (const one of data.comparisons) {
    if (!one.f.every((fact) => passed.has(fact))) continue;
    const list = groups.get(one.g);
    if (list) list.push(one);
    else groups.set(one.g, [one]);
  }
  const order = [...groups.values()].sort((a, b) => conflicts(b) - conflicts(a) || b.length - a.length);
  const alone = data.facts.flatMap((fact, n) => (fact.q && passed.has(n) && !data.comparisons.some((one) => one.f.includes(n)) ? [n] : []));
  into.replaceChildren(
    h("p", { class: "lead" }, order.length ? `${plural(order.length, "thing")} counted more than once. Every claim keeps its own figure and its own source; nothing is averaged. Click a figure for its sentence.` : "No two comparable figures under these filters."),
    ...order.map(board),
    alone.length ? h("section", { class: "board" }, h("h2", {}, "Figures that stand alone"), claimRows(alone, null)) : "");
}

const conflicts = (list: Comparison[]): number => list.filter((one) => one.k === "conflict").length;

function board(list: Comparison[]): HTMLElement {
  const claims = [...new Set(list.flatMap((one) => one.f))].sort((a, b) => (articleOf(data.facts[a]).d ?? "9") < (articleOf(data.facts[b]).d ?? "9") ? -1 : 1);
  const kinds = new Map<string, number>();
  for (const one of list) kinds.set(one.k, (kinds.get(one.k) ?? 0) + 1);
  const [first] = list;
  const measures = [...new Set(claims.map((n) => data.facts[n].q!.k))].map(label);
  const places = [...new Set(claims.map(placeOf))];
  const where = places.length === 1 && places[0] ? ` in ${places[0]}` : "";
  return h("section", { class: "board" },
    h("h2", {}, `${measures.join(" or ")}: ${first.c ?? "not said of whom"}${where}`, first.e ? h("small", {}, ` ${first.e}`) : null),
    h("p", { class: "kinds" }, [...kinds].sort(([a], [b]) => Number(b === "conflict") - Number(a === "conflict")).map(([kind, n]) => h("span", { class: `kind ${kind}` }, `${plural(n, "pair")} ${n === 1 ? (KINDS[kind] ?? kind).replace(/^\w+/, "$&s") : (KINDS[kind] ?? kind)}`))),
    claimRows(claims, list, measures.length > 1, !where));
}

const placeOf = (n: number): string => { const { at } = data.facts[n]; return at ? data.entities[at[0]].l : ""; };

interface Range { low: number; high: number; openLow: boolean; openHigh: boolean; vague: boolean }

function rangeOf(q: Quantity): Range | null {
  const at = q.v ?? q.a ?? q.b;
  if (at === undefined) return null;
  const openHigh = q.c.startsWith(">") || (q.v === undefined && q.b === undefined);
  const openLow = q.c.startsWith("<") || (q.v === undefined && q.a === undefined);
  return { low: q.a ?? at, high: q.b ?? at, openLow, openHigh, vague: q.c === "~" };
}

function claimRows(claims: number[], pairs: Comparison[] | null, measured = false, placed = true): HTMLElement {
  const ranges = claims.map((n) => rangeOf(data.facts[n].q!));
  const values = ranges.flatMap((r) => (r ? [r.low, r.high] : [])).filter((v) => v > 0);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const log = pairs !== null && most / least > 60;
  const place = (v: number): number => (log ? (Math.log(Math.max(v, least)) - Math.log(least)) / Math.max(1e-9, Math.log(most) - Math.log(least)) : v / Math.max(most, 1e-9)) * 92 + 2;
  const rows = claims.map((n, at) => claimRow(n, ranges[at], pairs, place, [measured ? label(data.facts[n].q!.k) : "", placed && placeOf(n) ? `in ${placeOf(n)}` : ""].filter(Boolean)));
  return h("ol", { class: "claims" }, rows, pairs && values.length ? h("li", { class: "axis", "aria-hidden": "true" }, h("span"), h("span", { class: "ticks" }, h("i", {}, log ? least.toLocaleString("en") : "0"), h("i", {}, `${log ? "logarithmic" : ""}`), h("i", {}, most.toLocaleString("en"))), h("span")) : null);
}

function claimRow(n: number, range: Range | null, pairs: Comparison[] | null, place: (v: number) => number, what: string[]): HTMLElement {
  const fact = data.facts[n];
  const article = articleOf(fact);
  const chain = levelsOf(fact);
  const mine = (pairs ?? []).filter((one) => one.f.includes(n));
  const stands = (kind: string): HTMLElement => {
    const values = [...new Set(mine.filter((one) => one.k === kind).map((one) => data.facts[one.f[0] === n ? one.f[1] : one.f[0]].q!.w))];
    return h("span", { class: `kind ${kind}` }, `${TO[kind] ?? kind} ${values.join(", ")}`);
  };
  const kinds = [...new Set(mine.map((one) => one.k))];
  const loud = kinds.filter((kind) => kind === "conflict" || kinds.length === 1);
  const rest = kinds.filter((kind) => !loud.includes(kind));
  const note = [loud.map(stands), rest.length ? h("details", {}, h("summary", {}, `${plural(mine.filter((one) => rest.includes(one.k)).length, "other comparison")}`), rest.map(stands)) : null];
  return h("li", { class: "claimrow" },
    h("button", { type: "button", class: "textual figure", onclick: () => update({ selected: `f:${fact.i}` }) }, fact.q!.w),
    h("span", { class: "plot" }, pairs && range ? dot(range, place) : h("span", { class: "quiet" }, pairs ? "no number" : `${label(fact.q!.k)}${fact.q!.n ? `, ${fact.q!.n}` : ""}`)),
    h("span", { class: "who" }, h("b", {}, chain.length ? chain[chain.length - 1] : (article.p ?? "the article")), chain.length > 1 ? ` via ${chain.slice(0, -1).reverse().join(", ")}` : "",
      what.length ? h("span", { class: "what" }, ` · ${what.join(" ")}`) : "",
      h("small", {}, ` ${[chain.length || !article.p ? (article.p ?? articleTitle(article)) : "in its own voice", day(article.d)].filter(Boolean).join(", ")}`, fact.q!.as_of ? ` · as of ${fact.q!.as_of.v ? inWords(fact.q!.as_of.v) : fact.q!.as_of.w}` : ""), note));
}

function dot(range: Range, place: (v: number) => number): SVGElement {
  const [a, b] = [place(range.low), place(range.high)];
  const end = range.openHigh ? Math.min(100, b + 9) : b;
  const begin = range.openLow ? Math.max(0, a - 9) : a;
  return svg("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none", class: "dotplot", "aria-hidden": "true" },
    svg("line", { x1: 0, x2: 100, y1: 5, y2: 5, class: "base" }),
    svg("line", { x1: begin, x2: end, y1: 5, y2: 5, class: range.openHigh || range.openLow ? "open" : "range" }),
    ...[a, b].map((x) => svg("line", { x1: x, x2: x, y1: 5, y2: 5, class: range.vague ? "dot vague" : "dot" })));
}
