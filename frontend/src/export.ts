// What one can take away: pictures, tables, triples, a line to cite.

import { csv } from "./csv";
import { type Article, articleOf, articleTitle, data, endLabel, type Fact, label, levelsOf, mannerOf, sentenceOf } from "./data";
import { announce, h, plural, save, svg } from "./dom";
import { active, passing } from "./filter";
import { bendOf, canvas, currentSight, pointed, positionOf } from "./graph";
import { SHAPES } from "./glyph";
import { short } from "./labels";
import { state } from "./state";
import { DASHES, familyColor, inks } from "./theme";

export function takeAway(): HTMLElement {
  const item = (id: string, text: string, run: () => void): HTMLElement => h("button", { type: "button", role: "menuitem", id, onclick: () => (menu.removeAttribute("open"), run()) }, text);
  const amount = h("p", { class: "quiet", id: "take-amount", role: "presentation" });
  const menu = h("details", { class: "menu" }, h("summary", { role: "button", title: "Pictures, tables, triples, a line to cite" }, "Export"), h("div", { role: "menu" },
    item("take-png", "Picture (PNG)", png), item("take-svg", "Picture (SVG)", () => save("graph.svg", "image/svg+xml", picture())),
    amount, item("take-csv", "Statements (CSV)", () => save("statements.csv", "text/csv", statementsCsv())), item("take-ttl", "Statements (Turtle)", () => save("statements.ttl", "text/turtle", turtle(selection()))),
    item("take-cite", "Copy a line to cite", cite), item("take-print", "Print", () => print())));
  menu.addEventListener("toggle", () => menu.open && (amount.textContent = extent()));
  addEventListener("click", (event) => menu.contains(event.target as Node) || menu.removeAttribute("open"));
  menu.addEventListener("keydown", (event) => (event as KeyboardEvent).key === "Escape" && menu.removeAttribute("open"));
  return menu;
}

function cite(): void {
  const text = `${document.querySelector(".colophon")!.textContent}${evidenceLine()} View: ${location.hash || "the whole graph"}`;
  const field = h("textarea", { readonly: true, rows: 9, "aria-label": "Citation" });
  field.value = text;
  const dialog = h("dialog", { class: "small" }, h("h2", {}, "To cite this view"), field, h("form", { method: "dialog" }, h("button", {}, "Close")));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  field.select();
  navigator.clipboard?.writeText(text).then(() => announce("Copied"), () => undefined);
}

/** The sentence of the one statement that is open, and where it stands. */
function evidenceLine(): string {
  const fact = data.facts.find((one) => state.selected === `f:${one.i}`);
  if (!fact) return "";
  const article = articleOf(fact);
  return ` “${sentenceOf(fact).x}” ${[articleTitle(article), article.p, article.d, article.u].filter(Boolean).join(", ")}.`;
}

function png(): void {
  const from = canvas();
  const size = Math.max(11, Math.round((12 * from.width) / (from.clientWidth || from.width)));
  const to = h("canvas", { width: from.width, height: from.height + 2 * size });
  const context = to.getContext("2d")!;
  context.fillStyle = inks().paper;
  context.fillRect(0, 0, to.width, to.height);
  context.drawImage(from, 0, 0);
  context.fillStyle = inks().soft;
  context.font = `${size}px sans-serif`;
  context.fillText(credit(), size, from.height + size, from.width - 2 * size);
  to.toBlob((blob) => blob && save("graph.png", "image/png", blob));
}

/** What a picture shows and where it is from, to stand under it. */
const credit = (): string => `${currentSight().note} ${document.querySelector(".colophon")!.textContent} Dotted: claimed; dashed: hedged or planned; crossed: denied.`;

interface Point { x: number; y: number }

/** The point `by` before `end` on the way from `from`. */
function before(end: Point, from: Point, by: number): Point {
  const length = Math.hypot(end.x - from.x, end.y - from.y) || 1;
  return { x: end.x - ((end.x - from.x) / length) * by, y: end.y - ((end.y - from.y) / length) * by };
}

function arrow(tip: Point, from: Point, width: number, colour: string): SVGElement {
  const foot = before(tip, from, 6 + 2 * width);
  const [x, y] = [(tip.y - foot.y) * 0.36, (foot.x - tip.x) * 0.36];
  return svg("path", { class: "arrow", d: `M${tip.x} ${tip.y}L${foot.x + x} ${foot.y + y}L${foot.x - x} ${foot.y - y}z`, fill: colour });
}

export function picture(): string {
  const { nodes, edges } = currentSight();
  const at = new Map(nodes.map((node) => [node.id, positionOf(node.id)]));
  const xs = [...at.values()].map((p) => p.x);
  const ys = [...at.values()].map((p) => p.y);
  const [left, top] = [Math.min(0, ...xs) - 120, Math.min(0, ...ys) - 80];
  const [width, height] = [Math.max(0, ...xs) + 120 - left, Math.max(0, ...ys) + 110 - top];
  const { paper, ink, line, denied, soft } = inks();
  const sizes = new Map(nodes.map((node) => [node.id, node.size]));
  const lines = edges.map((edge) => {
    const [a, b, via] = [at.get(edge.from)!, at.get(edge.to)!, bendOf(edge.id)];
    const bent = via && Number.isFinite(via.x) ? via : null;
    const colour = edge.manner === "denied" ? denied : line;
    const tip = before(b, bent ?? a, sizes.get(edge.to)! + 1);
    const middle = bent ? { x: (a.x + 2 * bent.x + b.x) / 4, y: (a.y + 2 * bent.y + b.y) / 4 } : { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
    return svg("g", { opacity: edge.light ? 0.45 : 0.9 },
      svg("path", { d: `M${a.x} ${a.y}${bent ? `Q${bent.x} ${bent.y} ` : "L"}${tip.x} ${tip.y}`, fill: "none", stroke: colour, "stroke-width": edge.width, "stroke-dasharray": DASHES[edge.manner] ? (DASHES[edge.manner] as number[]).join(" ") : null },
        svg("title", {}, edge.label)),
      pointed(edge) ? arrow(tip, bent ?? a, edge.width, colour) : null,
      edge.manner === "denied" ? svg("path", { class: "cross", d: `M${middle.x - 5} ${middle.y - 5}l10 10m0 -10l-10 10`, stroke: denied, "stroke-width": 2 }) : null,
      edges.length <= 150 ? svg("text", { x: middle.x, y: middle.y + (edge.manner === "denied" ? 16 : 4), "text-anchor": "middle", fill: soft, stroke: paper, "stroke-width": 3, "paint-order": "stroke", "font-size": 10.5, "font-style": "italic", "font-family": "sans-serif" }, edge.label) : null);
  });
  const marks = nodes.map((node) => {
    const { x, y } = at.get(node.id)!;
    const k = node.size / 7;
    const color = node.family === "community" ? soft : familyColor(node.family);
    const hollow = node.shape === "ring" || node.family === "community";
    return svg("g", {}, svg("path", { d: SHAPES[node.shape] ?? SHAPES.dot, transform: `translate(${x - 8 * k} ${y - 8 * k}) scale(${k})`, fill: hollow ? paper : color, stroke: hollow ? color : paper, "stroke-width": 1.5 }),
      svg("text", { x, y: y + node.size + 14, "text-anchor": "middle", fill: ink, stroke: paper, "stroke-width": 3, "paint-order": "stroke", "font-size": 12, "font-family": "sans-serif" }, short(node.label.replace("\n", ", "))));
  });
  const root = svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `${left} ${top} ${width} ${height}`, width, height }, svg("rect", { x: left, y: top, width, height, fill: paper }), lines, marks,
    svg("text", { class: "credit", x: left + 12, y: top + height - 12, fill: soft, "font-size": 10, "font-family": "sans-serif" }, credit()));
  return new XMLSerializer().serializeToString(root).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "\ufffd");
}

/** What is selected, else what passes the filters. */
function selection(): number[] {
  const shown = currentSight().edges.flatMap((edge) => (edge.edge === undefined ? [] : [edge.edge]));
  const passed = passing(state);
  if (state.view !== "graph" || (state.around === null && !state.path && !state.set.length)) return passed;
  const ends = new Set(currentSight().nodes.map((node) => node.entity));
  return shown.length ? passed.filter((n) => ends.has(data.facts[n].s.e) && ends.has(data.facts[n].o.e)) : passed;
}

/** How many statements of how many are taken, and what holds the rest back. */
function extent(): string {
  const count = selection().length;
  const why = [state.layer === "all" ? "" : "stated or reported as fact", active(state) ? "filtered" : "", count < passing(state).length ? "of the entities shown" : ""].filter(Boolean);
  return `${plural(count, "statement")} of ${data.facts.length.toLocaleString("en")}${why.length ? `: ${why.join(", ")}` : ""}`;
}

/** Outermost first: “Skagerrak Post ‹ Nordic Wire (reported) ‹ Ana Duarte and Keller”. */
function chainOf(fact: Fact): string {
  return [articleOf(fact).p ?? "the article", ...levelsOf(fact)].join(" ‹ ");
}

function statementsCsv(): string {
  const rows = selection().map((n) => {
    const fact = data.facts[n];
    const article = articleOf(fact);
    return [fact.i, endLabel(fact.s), label(fact.p), endLabel(fact.o), mannerOf(fact), fact.pl ?? "positive", fact.ct ?? "certain", fact.tn ?? "past", fact.v ? "reported" : "article", fact.u.map((u) => data.sources[u].l).join("; "), chainOf(fact), fact.tm?.v ?? fact.tm?.w, fact.at ? data.entities[fact.at[0]].l : "", articleTitle(article), article.p, article.d, article.u, fact.c, sentenceOf(fact).x];
  });
  return csv([["id", "subject", "relation", "object", "manner", "polarity", "certainty", "tense", "voice", "ultimate_source", "source_chain", "happened", "place", "article", "publisher", "published", "url", "confidence", "sentence"], ...rows]);
}

const literal = (text: string): string => `"${text.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replace(/[\u0000-\u001f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)}"`;
const iri = (text: string): string => `<${text.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)}>`;

/** Who says it, link by link as in the build's own graph, and when it happened. */
function said(fact: Fact): string {
  const links = (fact.h ?? []).map((one) => {
    const source = data.sources[one.s];
    const named = source.e === undefined ? `[ rdfs:label ${literal(source.l)} ]` : iri(data.entities[source.e].i);
    return `[ a nk:Attribution ; nk:level ${one.n} ; nk:source ${named} ; rdfs:label ${literal(one.c)} ; nk:stance ${literal(one.k)} ]`;
  });
  const time = fact.tm?.v ? ` ;\n    nk:time [ a nk:TimeSpan ; nk:when ${literal(fact.tm.v)}${fact.tm.a ? ` ; nk:from "${fact.tm.a}"^^xsd:date` : ""}${fact.tm.b ? ` ; nk:to "${fact.tm.b}"^^xsd:date` : ""} ]` : "";
  const sources = fact.u.map((one) => ` ;\n    nk:ultimateSource ${data.sources[one].e === undefined ? `[ rdfs:label ${literal(data.sources[one].l)} ]` : iri(data.entities[data.sources[one].e!].i)}`);
  const place = fact.at ? ` ;\n    nk:place ${iri(data.entities[fact.at[0]].i)}` : "";
  return `${links.length ? ` ;\n    nk:attribution ${links.join(" ,\n        ")}` : ""}${sources.join("")}${time}${place}`;
}

function describe(article: Article): string {
  const given = [article.p && `schema:publisher [ schema:name ${literal(article.p)} ]`, article.d && `schema:datePublished ${literal(article.d)}${/^\d{4}-\d\d-\d\d$/.test(article.d) ? "^^xsd:date" : ""}`, article.u && `schema:url ${literal(article.u)}`];
  return `${iri(article.i)} a nk:Article ; ${["", ...given].filter(Boolean).map((one) => `${one} ; `).join("")}schema:headline ${literal(articleTitle(article))} .`;
}

export function turtle(list: number[]): string {
  const lines = ["@prefix nk: <https://w3id.org/newskg/ontology#> .", "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .", "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .", "@prefix schema: <https://schema.org/> .", "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .", ""];
  const named = new Set<number>();
  const articles = new Set<number>();
  for (const n of list) {
    const fact = data.facts[n];
    const end = (one: typeof fact.s): string => (one.e === undefined ? literal(one.l ?? "") : (named.add(one.e), iri(data.entities[one.e].i)));
    const [s, o] = [end(fact.s), end(fact.o)];
    articles.add(sentenceOf(fact).a);
    if (fact.at) named.add(fact.at[0]);
    for (const source of [...(fact.h ?? []).map((one) => one.s), ...fact.u].map((one) => data.sources[one].e)) if (source !== undefined) named.add(source);
    if (fact.y) lines.push(`${s} nk:${fact.p} ${o} .`);
    lines.push(`${iri(fact.i)} a nk:Statement ; rdf:subject ${s} ; rdf:predicate nk:${fact.p} ; rdf:object ${o} ;`,
      `    nk:polarity ${literal(fact.pl ?? "positive")} ; nk:certainty ${literal(fact.ct ?? "certain")} ; nk:tense ${literal(fact.tn ?? "past")} ; nk:voice ${literal(fact.v ? "reported" : "article")} ;`,
      `    nk:asserted ${fact.y ? "true" : "false"} ; nk:confidence ${fact.c.toFixed(3)} ; nk:inArticle ${iri(articleOf(fact).i)} ; rdfs:comment ${literal(sentenceOf(fact).x)}${said(fact)} .`);
  }
  for (const n of articles) lines.push(describe(data.articles[n]));
  for (const entity of named) lines.push(`${iri(data.entities[entity].i)} a nk:${data.entities[entity].t} ; rdfs:label ${literal(data.entities[entity].l)} .`);
  return lines.join("\n") + "\n";
}
