// The panel: what the selected node, edge, source or article rests on, word for word.

import {
  articleOf, articleTitle, data, type Article, edges, edgesOfNode, endLabel, type Entity, entityByKey, type Fact, factsOf, keyOf, label, levelsOf, mannerOf, type Mark, nodes, sentenceOf, supportOf, symmetric,
} from "./data";
import { h, link, plural, prose } from "./dom";
import { passing } from "./filter";
import { glyph } from "./glyph";
import { edgeKey } from "./graph";
import { type Live, liveEdges } from "./sight";
import { type State, update } from "./state";
import { MANNERS } from "./theme";
import { inWords } from "./when";

const PAGE = 40;
const MARKS = { subject: "who", trigger: "does what", object: "to whom", cue: "who says so", figure: "figure", when: "when" };

export function panel(s: State): HTMLElement | null {
  const [kind, key] = [s.selected.slice(0, 2), s.selected.slice(2)];
  if (kind === "n:") {
    const entity = entityByKey(key);
    return entity === undefined ? missing() : nodePanel(entity, s);
  }
  if (kind === "e:") return edgePanel(key, s);
  if (kind === "r:") return relationPanel(key, s);
  if (kind === "s:") return sourcePanel(key, s);
  if (kind === "a:") return articlePanel(key);
  if (kind === "f:") return factPanel(key);
  return null;
}

const missing = (): HTMLElement => h("div", {}, h("p", { class: "quiet" }, "What this address points to is not in this build."));

// ---- an entity ------------------------------------------------------------------------------------------------------------

function nodePanel(entity: number, s: State): HTMLElement {
  const row = data.entities[entity];
  const passed = new Set(passing(s));
  const own = factsOf(entity);
  const facts = own.filter((fact) => passed.has(fact));
  return h(
    "div",
    {},
    h("header", { class: "head" }, h("p", { class: "kicker" }, glyph(row.f), label(row.t)), h("h2", { tabindex: -1 }, row.l), aliases(row), sameAs(row)),
    nodes.has(entity) ? h("p", { class: "actions" }, aroundButton(entity), pathButton(entity)) : h("p", { class: "quiet" }, "Takes part in no relation to another entity, so it is no node of the graph."),
    connections(entity, passed),
    statementList(facts, own.length),
  );
}

const aliases = (row: Entity): HTMLElement | null => (row.a?.length ? h("p", { class: "aliases" }, `also ${prose(row.a, 6)}`) : null);

const sameAs = (row: Entity): HTMLElement | null =>
  row.s?.length ? h("p", { class: "aliases" }, "same as ", row.s.map((iri, n) => [n ? ", " : "", link(iri, iri.replace(/^https?:\/\/(www\.)?/, ""))])) : null;

const aroundButton = (entity: number): HTMLElement =>
  h("button", { type: "button", onclick: () => update({ view: "graph", around: keyOf(entity), path: null, set: [] }) }, "Surroundings");

const pathButton = (entity: number): HTMLElement =>
  h("button", { type: "button", onclick: () => document.dispatchEvent(new CustomEvent("path-from", { detail: keyOf(entity) })) }, "Path to …");

function connections(entity: number, passed: Set<number>): HTMLElement | null {
  const rows = (edgesOfNode.get(entity) ?? [])
    .map((number) => ({ number, edge: edges[number], count: edges[number].facts.filter((f) => passed.has(f)).length }))
    .filter((row) => row.count > 0)
    .sort((a, b) => (a.edge.label < b.edge.label ? -1 : a.edge.label > b.edge.label ? 1 : b.count - a.count));
  if (rows.length === 0) return null;
  const items = rows.map(({ number, edge, count }) => {
    const out = edge.from === entity;
    const other = data.entities[out ? edge.to : edge.from];
    const arrow = symmetric.has(edge.label) ? "↔" : out ? "→" : "←";
    return h("li", {}, h("button", { type: "button", class: `row ${edge.manner}`, onclick: () => update({ selected: `e:${edgeKey(number)}` }) },
      h("span", { class: "rel" }, `${arrow} ${edge.manner === "denied" ? "not: " : ""}${label(edge.label)}`), h("span", { class: "other" }, glyph(other.f), other.l), h("span", { class: "count" }, count)));
  });
  return h("details", { open: rows.length <= 14 }, h("summary", {}, plural(rows.length, "connection")), h("ul", { class: "rows" }, items));
}

// ---- an edge --------------------------------------------------------------------------------------------------------------

function edgePanel(key: string, s: State): HTMLElement {
  const [from, relation, to] = key.split("|");
  const [a, b] = [entityByKey(from), entityByKey(to)];
  if (a === undefined || b === undefined) return missing();
  const all = edges.filter((edge) => edge.from === a && edge.to === b && edge.label === relation).flatMap((edge) => edge.facts);
  const passed = new Set(passing({ ...s, layer: "all" }));
  const facts = all.filter((fact) => passed.has(fact));
  const arrow = symmetric.has(relation) ? "↔" : "→";
  return h(
    "div",
    {},
    h("header", { class: "head" },
      h("p", { class: "kicker" }, "Connection"),
      h("h2", { class: "triple", tabindex: -1 }, entityButton(a), h("span", { class: "rel" }, " ", relationButton(relation), ` ${arrow} `), entityButton(b)),
      data.definitions[relation] ? h("p", { class: "definition" }, data.definitions[relation]) : null,
      supportRow(all),
      h("p", { class: "basis" }, basis(facts))),
    statementList(facts, all.length),
  );
}

export const entityButton = (entity: number): HTMLElement =>
  h("button", { type: "button", class: "entity", onclick: () => update({ selected: `n:${keyOf(entity)}` }) }, data.entities[entity].l);

/** How much stands behind the asserted triple, whatever the filters hide. */
function supportRow(list: number[]): HTMLElement | null {
  const support = supportOf(list);
  if (!support) return h("p", { class: "support" }, "No article states or reports it as fact.");
  const [articles, outlets, sources, copies] = support;
  const says = [[articles, "independent article"], [outlets, "outlet"], [sources, "source"]] as const;
  return h("p", { class: "support" }, `${howSaid(list)} as fact by `, says.map(([count, name], n) => [n === 0 ? "" : n === 1 ? " of " : ", resting on ", h("b", {}, count.toLocaleString("en")), ` ${name}${count === 1 ? "" : "s"}`]),
    copies ? ["; ", h("b", {}, copies), ` ${copies === 1 ? "copy" : "copies"} not counted`] : "", ".");
}

/** In the articles' own voice, after a source, or both. */
function howSaid(list: number[]): string {
  const asserted = list.map((number) => data.facts[number]).filter((fact) => fact.y);
  const reported = asserted.filter((fact) => fact.v).length;
  return reported === 0 ? "Stated" : reported === asserted.length ? "Reported" : "Stated or reported";
}

/** On what it rests, in one line. */
export function basis(list: number[]): string {
  const facts = list.map((number) => data.facts[number]);
  const articles = new Set(facts.map((fact) => sentenceOf(fact).a)).size;
  const sources = [...new Set(facts.flatMap((fact) => fact.u))].map((source) => data.sources[source].l);
  const denials = facts.filter((fact) => fact.pl).length;
  const reported = facts.length > 0 && facts.every((fact) => fact.v);
  const parts = [
    `${plural(facts.length, "statement")} in ${plural(articles, "article")}, ${sources.length === 1 ? `one source: ${sources[0]}` : `${plural(sources.length, "source")}: ${prose(sources, 4)}`}.`,
    denials ? `${denials === facts.length ? "All" : denials} of them ${denials === 1 ? "denies" : "deny"} it.` : "",
    reported ? "It rests on reports alone: no article says it in its own voice." : "",
  ];
  return parts.filter(Boolean).join(" ");
}

// ---- a relation ------------------------------------------------------------------------------------------------------------

function relationPanel(name: string, s: State): HTMLElement {
  const facts = passing({ ...s, layer: "all" }).filter((number) => data.facts[number].p === name);
  const all = data.facts.filter((fact) => fact.p === name).length;
  const live = liveEdges({ ...s, layer: "all" }).filter((one) => one.edge.label === name).sort((a, b) => b.sources - a.sources || b.facts.length - a.facts.length);
  return h("div", {},
    h("header", { class: "head" }, h("p", { class: "kicker" }, "Relation"), h("h2", { tabindex: -1 }, label(name)), data.definitions[name] ? h("p", { class: "definition" }, data.definitions[name]) : null),
    live.length ? h("details", { open: live.length <= 30 }, h("summary", {}, plural(live.length, "connection")), h("ul", { class: "rows" }, live.map(pairRow))) : null,
    statementList(facts, all));
}

/** A connection as a row: who and whom, and how many statements say so. */
function pairRow({ edge, number, facts }: Live): HTMLElement {
  const arrow = symmetric.has(edge.label) ? "↔" : "→";
  return h("li", {}, h("button", { type: "button", class: `row pair ${edge.manner}`, onclick: () => update({ selected: `e:${edgeKey(number)}` }) },
    h("span", { class: "other" }, `${data.entities[edge.from].l} ${arrow} ${data.entities[edge.to].l}`), h("span", { class: "rel" }, edge.manner === "asserted" ? "" : MANNERS[edge.manner]), h("span", { class: "count" }, facts.length)));
}

const relationButton = (name: string): HTMLElement =>
  h("button", { type: "button", class: "entity rel", title: "All of this relation", onclick: () => update({ selected: `r:${name}` }) }, label(name));

// ---- a source, an article, one statement -------------------------------------------------------------------------------------

function sourcePanel(name: string, s: State): HTMLElement {
  const passed = passing({ ...s, layer: "all" });
  const facts = passed.filter((number) => data.facts[number].u.some((source) => data.sources[source].l === name));
  const alone = liveEdges({ ...s, layer: "all" }).filter((one) => one.sources === 1 && one.facts.some((fact) => data.facts[fact].u.some((source) => data.sources[source].l === name)));
  const rows = alone.map(({ edge, number, facts: behind }) => h("li", {}, h("button", { type: "button", class: `row ${edge.manner}`, onclick: () => update({ selected: `e:${edgeKey(number)}` }) },
    h("span", { class: "rel" }, label(edge.label)), h("span", { class: "other" }, `${data.entities[edge.from].l} – ${data.entities[edge.to].l}`), h("span", { class: "count" }, behind.length))));
  return h("div", {},
    h("header", { class: "head" }, h("p", { class: "kicker" }, "Source"), h("h2", { tabindex: -1 }, name), h("p", { class: "basis" }, "Statements for which it is the last named source.")),
    rows.length ? h("details", { open: true }, h("summary", {}, `${plural(rows.length, "connection")} that rest${rows.length === 1 ? "s" : ""} on it alone`), h("ul", { class: "rows" }, rows)) : null,
    statementList(facts, facts.length));
}

function articlePanel(iri: string): HTMLElement {
  const at = data.articles.findIndex((article) => article.i === iri);
  if (at < 0) return missing();
  const article = data.articles[at];
  const facts = data.facts.flatMap((fact, number) => (sentenceOf(fact).a === at ? [number] : []));
  return h("div", {},
    h("header", { class: "head" }, h("p", { class: "kicker" }, "Article"), h("h2", { tabindex: -1 }, link(article.u, articleTitle(article))), h("p", { class: "basis" }, [article.p, day(article.d), article.s].filter(Boolean).join(" · "))),
    article.x ? wholeText(article.x, facts) : null,
    statementList(facts, facts.length));
}

function factPanel(iri: string): HTMLElement {
  const number = data.facts.findIndex((fact) => fact.i === iri);
  return number < 0 ? missing() : h("div", {}, h("header", { class: "head" }, h("p", { class: "kicker" }, "Statement")), card(number));
}

/** The article with every statement's trigger (or its ends) marked; a click opens the statement. */
function wholeText(text: string, facts: number[]): HTMLElement {
  const marks = facts.flatMap((number) => {
    const fact = data.facts[number];
    const at = fact.g ?? fact.o.m ?? fact.s.m;
    return at ? [{ from: sentenceOf(fact).b + at[0], to: sentenceOf(fact).b + at[1], number }] : [];
  });
  marks.sort((a, b) => a.from - b.from || b.to - a.to);
  const points = [...text];
  const parts: Node[] = [];
  let at = 0;
  for (const mark of marks) {
    if (mark.from < at) continue;
    parts.push(document.createTextNode(points.slice(at, mark.from).join("")));
    const same = marks.filter((other) => other.from === mark.from).length;
    const open = (): void => update({ selected: `f:${data.facts[mark.number].i}` });
    parts.push(h("button", { type: "button", class: "mark", title: `${same} statement(s)`, onclick: open }, points.slice(mark.from, mark.to).join("")));
    at = mark.to;
  }
  parts.push(document.createTextNode(points.slice(at).join("")));
  return h("details", { open: true }, h("summary", {}, "Whole article"), h("div", { class: "fulltext" }, parts));
}

// ---- statements ---------------------------------------------------------------------------------------------------------------

export function statementList(list: number[], all: number): HTMLElement {
  const order = [...list].sort((a, b) => byArticle(data.facts[a], data.facts[b]) || a - b);
  const hidden = all - list.length;
  const cards = h("ol", { class: "cards" });
  const more = h("button", { type: "button", class: "more" });
  let shown = 0;
  const next = (): void => {
    for (const number of order.slice(shown, shown + PAGE)) cards.append(h("li", {}, card(number)));
    shown = Math.min(order.length, shown + PAGE);
    more.hidden = shown >= order.length;
    more.textContent = `${order.length - shown} more`;
  };
  more.addEventListener("click", next);
  next();
  const note = hidden > 0 ? h("p", { class: "quiet" }, `${plural(hidden, "statement")} hidden by filters or layer.`, " ", h("button", { type: "button", class: "textual", onclick: () => update({ layer: "all", filters: new Map(), from: "", to: "", text: "" }) }, "Show all")) : null;
  return h("section", {}, h("h3", {}, plural(list.length, "statement")), note, list.length ? markKey() : null, cards, more);
}

const markKey = (): HTMLElement => h("p", { class: "markkey" }, "In each sentence: ", Object.entries(MARKS).map(([kind, says], n) => [n ? " " : "", h("mark", { class: kind }, says)]));

const byArticle = (a: Fact, b: Fact): number => {
  const [x, y] = [articleOf(a).d ?? "9", articleOf(b).d ?? "9"];
  return x < y ? -1 : x > y ? 1 : sentenceOf(a).a - sentenceOf(b).a || sentenceOf(a).b - sentenceOf(b).b;
};

export function card(number: number): HTMLElement {
  const fact = data.facts[number];
  const article = articleOf(fact);
  return h(
    "article",
    { class: `card ${mannerOf(fact)}` },
    h("p", { class: "claim" }, end(fact, "s"), h("span", { class: "rel" }, ` ${fact.pl ? "not: " : ""}${label(fact.p)} `), end(fact, "o")),
    h("blockquote", {}, marked(fact)),
    chain(fact, article),
    marks(fact),
  );
}

/** One line of a list: who, what, whom, and on whose word; a click opens the evidence. */
export function line(number: number): HTMLElement {
  const fact = data.facts[number];
  const manner = fact.k || fact.y ? "" : ` ${MANNERS[mannerOf(fact)]} ·`;
  return h("li", { class: `line ${mannerOf(fact)}` },
    h("button", { type: "button", class: "textual", "data-key": `line-${number}`, onclick: () => update({ selected: `f:${fact.i}` }) }, fact.k === "quantity" ? counted(fact) : claim(fact)),
    h("small", {}, `${manner} ${lastNamed(fact)}`));
}

function claim(fact: Fact): (Node | string)[] {
  const object = fact.k === "quotation" ? `“${endLabel(fact.o)}”` : endLabel(fact.o);
  const figure = fact.q && fact.o.e !== undefined ? ` (${fact.q.w}${fact.q.n ? ` ${fact.q.n}` : ""})` : "";
  return [endLabel(fact.s), h("i", {}, ` ${fact.pl ? "not: " : ""}${label(fact.p)} `), object, figure];
}

/** “At least 40 dockers, wounded”. */
function counted(fact: Fact): (Node | string)[] {
  const { w, n, k } = fact.q!;
  return [`${w} ${n ?? endLabel(fact.s)}`, k === "other" ? "" : h("i", {}, `, ${label(k)}`)];
}

/** On whose word, outermost last: “NIS, in The Daily”. */
function lastNamed(fact: Fact): string {
  const article = articleOf(fact);
  const outlet = article.p ?? articleTitle(article);
  const chain = levelsOf(fact);
  return chain.length ? `${chain[chain.length - 1]}, in ${outlet}` : outlet;
}

function end(fact: Fact, which: "s" | "o"): Node {
  const one = fact[which];
  if (one.e !== undefined) return entityButton(one.e);
  const text = endLabel(one);
  return h("span", { class: "literal" }, fact.k === "quotation" ? `“${text}”` : text);
}

/** Article, date, and who says so, from the outlet inwards. */
function chain(fact: Fact, article: Article): HTMLElement {
  const levels: string[][] = [];
  for (const one of fact.h ?? []) (levels[one.n] ??= []).push(`${data.sources[one.s].l}${one.c ? ` (${one.c})` : ""}`);
  const links = levels.filter(Boolean).map((names) => [h("span", { class: "arrow", "aria-label": "which cites" }, " ‹ "), h("span", { class: "source" }, names.join(" and "))]);
  return h("p", { class: "from" }, h("button", { type: "button", class: "textual article", title: "This article", onclick: () => update({ selected: `a:${article.i}` }) }, articleTitle(article)),
    h("span", {}, [article.p, day(article.d)].filter(Boolean).map((text) => ` · ${text}`).join("")), article.u ? [" · ", link(article.u, "original")] : null,
    h("br"), h("span", { class: "chain" }, links.length ? [article.p ?? "the article", ...links] : `${article.p ?? "the article"} in its own voice`));
}

function marks(fact: Fact): HTMLElement {
  const items: Node[] = [];
  const add = (text: string, notable: boolean): void => void items.push(h("span", { class: notable ? "tag notable" : "tag" }, text));
  add(fact.pl ?? "positive", !!fact.pl);
  add(fact.ct ?? "certain", !!fact.ct);
  add(fact.tn ?? "past", fact.tn === "future");
  add(fact.v ? "reported" : "article’s voice", false);
  if (!fact.y && fact.k !== "quantity") add(MANNERS[mannerOf(fact)], true);
  if (fact.tm) add(`time: ${fact.tm.v ? inWords(fact.tm.v) : fact.tm.w}`, false);
  if (fact.at) add(`place: ${data.entities[fact.at[0]].l}`, false);
  for (const role of fact.r ?? []) add(`${role.r}: ${data.entities[role.e].l}`, false);
  if (fact.q) add(`${fact.q.w} ${label(fact.q.k)}${fact.q.n ? `, ${fact.q.n}` : ""}`, false);
  const percent = Math.round(fact.c * 100);
  items.push(h("span", { class: "confidence", title: `extracted by ${fact.w}` }, h("span", { class: "bar", "aria-hidden": "true", style: `--c:${percent}%` }), `confidence ${fact.c.toFixed(2)}`));
  return h("p", { class: "marks" }, items);
}

export const day = (date: string | undefined): string => {
  const found = /^(\d{4})-(\d\d)-(\d\d)/.exec(date ?? "");
  return found ? `${Number(found[3])} ${MONTHS[Number(found[2]) - 1]} ${found[1]}` : (date ?? "");
};
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** The sentence with subject, trigger, object, cue and figure marked; where marks overlap, the shorter lies inside. */
export function marked(fact: Fact): Node[] {
  const points = [...sentenceOf(fact).x];
  const all: { at: Mark; kind: string; says: string }[] = [];
  const add = (at: Mark | null | undefined, kind: keyof typeof MARKS): void => void (at && at[1] > at[0] && all.push({ at, kind, says: MARKS[kind] }));
  add(fact.s.m, "subject");
  add(fact.o.m, "object");
  add(fact.g, "trigger");
  add(fact.q?.m, "figure");
  add(fact.tm?.m, "when");
  for (const one of fact.h ?? []) add(one.m, "cue");
  all.sort((a, b) => a.at[0] - b.at[0] || b.at[1] - a.at[1]);
  return nested(points, all, 0, points.length);
}

function nested(points: string[], list: { at: Mark; kind: string; says: string }[], from: number, to: number): Node[] {
  const parts: Node[] = [];
  let at = from;
  let rest = list;
  while (rest.length) {
    const [first, ...others] = rest;
    const [begin, finish] = [Math.max(first.at[0], at), Math.min(first.at[1], to)];
    if (finish <= begin) {
      rest = others;
      continue;
    }
    parts.push(document.createTextNode(points.slice(at, begin).join("")));
    const inside = others.filter((one) => one.at[0] < finish);
    parts.push(h("mark", { class: first.kind, title: first.says }, nested(points, inside.filter((one) => one.at[1] <= finish), begin, finish)));
    at = finish;
    rest = others.filter((one) => one.at[1] > finish);
  }
  parts.push(document.createTextNode(points.slice(at, to).join("")));
  return parts;
}
