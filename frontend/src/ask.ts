// SPARQL in the page: the store is unpacked and started at the first question.

import { csv } from "./csv";
import { data, entityByIri, keyOf, nodes } from "./data";
import { announce, h, plural, save } from "./dom";
import type { Editor } from "./editor";
import { type State, update } from "./state";

interface Cell { kind: string; value: string }
interface Rows { kind: "rows"; columns: string[]; rows: (Cell | null)[][]; all: number; time: number }
type Answer = Rows | { kind: "ready"; size: number } | { kind: "error"; text: string };

const PREFIXES: [string, string][] = [
  ["nk", "https://w3id.org/newskg/ontology#"], ["rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"], ["rdfs", "http://www.w3.org/2000/01/rdf-schema#"], ["xsd", "http://www.w3.org/2001/XMLSchema#"],
  ["schema", "https://schema.org/"], ["skos", "http://www.w3.org/2004/02/skos/core#"], ["sem", "http://semanticweb.cs.vu.nl/2009/11/sem/"], ["prov", "http://www.w3.org/ns/prov#"], ["owl", "http://www.w3.org/2002/07/owl#"], ["dcterms", "http://purl.org/dc/terms/"],
];
const FIRST = "SELECT ?who ?whom {\n  ?a nk:honored ?b .\n  ?a rdfs:label ?who .\n  ?b rdfs:label ?whom .\n}";

let built: HTMLElement | undefined;
let editor: Editor;
let worker: Worker | undefined;
let ready: Promise<void> | undefined;
let last: Rows | undefined;
let settle: ((answer: Answer) => void) | undefined;

export function ask(into: HTMLElement, _s: State): void {
  if (!data.about.triples) return into.replaceChildren(h("p", { class: "lead" }, "This file was made without its triples, so it cannot answer SPARQL. Build it without --no-sparql."));
  if (!built) built = build();
  if (into.firstChild !== built) into.replaceChildren(built);
}

const status = h("p", { class: "quiet", id: "ask-status", role: "status" });
const result = h("div", { id: "ask-result" });
const stop = h("button", { type: "button", id: "ask-stop", disabled: true, onclick: end }, "Stop");

function build(): HTMLElement {
  const queries = data.about.queries;
  const place = h("div");
  const put = (name: string): void => {
    const found = queries.find(([one]) => one === name);
    if (!found) return;
    editor.set(found[2].trim());
    choose.value = name; // after it: a changed text is no ready question any more
    void run();
  };
  result.replaceChildren(h("ul", { class: "questions" }, queries.map(([name, title]) => h("li", {}, h("button", { type: "button", class: "textual", onclick: () => put(name) }, title || name)))));
  const choose = h("select", { id: "ask-ready", "aria-label": "Ready questions", onchange: () => put(choose.value) }, h("option", { value: "" }, queries.length ? "A ready question …" : "No ready questions"), queries.map(([name, title]) => h("option", { value: name }, title || name)));
  const words = [...new Set([...data.facts.map((fact) => fact.p), ...data.about.terms].map((name) => `nk:${name}`)), "rdfs:label", "rdf:subject", "rdf:predicate", "rdf:object", "schema:headline", "schema:datePublished"];
  editor = (globalThis as unknown as { newskgEditor: (parent: HTMLElement, text: string, words: string[], run: () => void, more: [], changed: () => void) => Editor }).newskgEditor(place, FIRST, words, () => void run(), [], () => (choose.value = ""));
  const left = data.about.articles_left_out;
  return h("div", { class: "ask" },
    h("p", { class: "lead" }, `Ask all ${data.about.triples.toLocaleString("en")} triples in SPARQL. Nothing leaves this file.`, left ? ` The ${plural(left, "oldest article")} had no room in it.` : ""),
    h("div", { class: "viewhead" }, choose), place,
    h("div", { class: "viewhead" }, h("button", { type: "button", class: "primary", id: "ask-run", onclick: () => void run() }, "Ask"), stop, h("span", { class: "quiet" }, "Ctrl + Enter"), status),
    result);
}

function unpack(id: string): Promise<ArrayBuffer> {
  const packed = atob(document.getElementById(id)!.textContent!.trim());
  const bytes = Uint8Array.from(packed, (c) => c.charCodeAt(0));
  // Through the writer: WebKit's file:// pages cannot read a Blob's stream.
  const stream = new DecompressionStream("gzip");
  const writer = stream.writable.getWriter();
  void writer.write(bytes);
  void writer.close();
  return new Response(stream.readable).arrayBuffer();
}

function begin(): Promise<void> {
  return (ready ??= (async () => {
    status.textContent = "Starting the store …";
    const [code, wasm, triples] = await Promise.all([unpack("worker.js"), unpack("oxigraph.wasm"), unpack("triples.nt")]);
    const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    worker = new Worker(address);
    worker.onmessage = ({ data: answer }: MessageEvent<Answer>) => settle?.(answer);
    worker.onerror = (event) => settle?.({ kind: "error", text: event.message || "The store could not be started." });
    const started = await post({ kind: "load", wasm, triples: new TextDecoder().decode(triples) }, [wasm]);
    if (started.kind === "error") throw new Error(started.text);
  })());
}

function post(message: unknown, transfer: Transferable[] = []): Promise<Answer> {
  return new Promise((resolve) => {
    settle = resolve;
    worker!.postMessage(message, transfer);
  });
}

export const withPrefixes = (query: string): string =>
  PREFIXES.filter(([name]) => new RegExp(`(^|[^\\w:])${name}:`).test(query) && !new RegExp(`prefix\\s+${name}:`, "i").test(query)).map(([name, iri]) => `PREFIX ${name}: <${iri}>`).join(" ") + " " + query;

async function run(): Promise<void> {
  if (!stop.disabled) end();
  stop.disabled = false;
  result.replaceChildren();
  let answer: Answer;
  try {
    await begin();
    status.textContent = "Asking …";
    answer = await post({ kind: "ask", query: withPrefixes(editor.get()) });
  } catch (error) {
    ready = undefined;
    answer = { kind: "error", text: String((error as Error).message) };
  }
  stop.disabled = true;
  show(answer);
}

/** A query cannot be interrupted, so its worker is; the next question starts another. */
function end(): void {
  worker?.terminate();
  worker = ready = undefined;
  settle?.({ kind: "error", text: "Stopped." });
}

/** What cannot be a term: addresses, texts, comments. */
const bare = (query: string): string => query.replace(/<[^>\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, " ").replace(/#[^\n]*/g, "");

/** Which prefix is not declared, and where the parser stopped; without its list of all that might have stood there. */
export function inShort(text: string, query: string): string {
  const used = [...new Set([...bare(query).matchAll(/(?<![\w:?$@-])([A-Za-z][\w-]*):/g)].map((one) => one[1]))];
  const missing = used.filter((name) => !PREFIXES.some(([known]) => known === name) && !new RegExp(`prefix\\s+${name}:`, "i").test(query));
  const place = /error at (\d+):(\d+)/.exec(text);
  const where = place ? stoppedAt(query, Number(place[1]), Number(place[2])) : missing.length ? "" : text;
  return [missing.length ? `Prefix not found: ${missing.map((name) => `${name}:`).join(", ")}` : "", where].filter(Boolean).join("\n");
}

function stoppedAt(query: string, row: number, column: number): string {
  const at = row === 1 ? column - (withPrefixes(query).length - query.length) : column;
  const line = query.split("\n")[row - 1] ?? "";
  const before = /(\S+)\s*$/.exec([...line].slice(0, at - 1).join(""))?.[1];
  const found = /^\s*(\S+)/.exec([...line].slice(at - 1).join(""))?.[1];
  return `Not understood at line ${row}, column ${Math.max(1, at)}: ${found ? `“${found}”` : "the end of the line"}${before ? ` after “${before}”` : ""}.`;
}

/** Terms of the ontology that this build does not know, each with the ones nearest in spelling. */
function unknownTerms(query: string): string {
  const known = new Set(data.about.terms);
  const used = [...new Set([...bare(query).matchAll(/(?<![\w:])nk:(\w+)/g)].map((one) => one[1]))].filter((name) => !known.has(name));
  return used.map((name) => {
    const near = [...known].map((one) => ({ one, far: edits(one, name) })).filter(({ far }) => far <= 3).sort((x, y) => x.far - y.far || (x.one < y.one ? -1 : 1)).slice(0, 3);
    return `nk:${name} is no term of this graph${near.length ? `; near: ${near.map(({ one }) => `nk:${one}`).join(", ")}` : ""}.`;
  }).join(" ");
}

/** Letters to insert, remove or replace between two words. */
function edits(a: string, b: string): number {
  let row = [...b, ""].map((_, n) => n);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + Number(a[i - 1] !== b[j - 1])));
    row = next;
  }
  return row[b.length];
}

function show(answer: Answer): void {
  if (answer.kind === "error") {
    status.textContent = answer.text === "Stopped." ? "Stopped." : "";
    if (answer.text !== "Stopped.") result.replaceChildren(h("pre", { class: "problem", role: "alert" }, inShort(answer.text, editor.get())));
    return;
  }
  if (answer.kind !== "rows") return;
  last = answer;
  status.textContent = `${plural(answer.all, "row")} in ${Math.max(1, Math.round(answer.time))} ms${answer.rows.length < answer.all ? `, ${answer.rows.length} shown` : ""}`;
  announce(status.textContent);
  const hint = unknownTerms(editor.get());
  const found = [...new Set(answer.rows.flat().flatMap((cell) => (cell?.kind === "iri" ? [entityByIri(cell.value)] : [])))].filter((e): e is number => e !== undefined && nodes.has(e));
  result.replaceChildren(
    h("div", { class: "viewhead" }, hint ? h("p", { class: "problem", role: "alert" }, hint) : null, h("button", { type: "button", id: "ask-csv", onclick: () => save("answer.csv", "text/csv", asCsv()) }, "CSV"),
      found.length ? h("button", { type: "button", id: "ask-graph", onclick: () => update({ view: "graph", set: found.slice(0, 80).map(keyOf), around: null, path: null }) }, `Show ${plural(Math.min(80, found.length), "entity", "entities")} in the graph`) : null),
    h("div", { class: "tablewrap", tabindex: 0, role: "region", "aria-label": "Answer" }, h("table", { class: "data" },
      h("thead", {}, h("tr", {}, answer.columns.map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, answer.rows.slice(0, 1000).map((row) => h("tr", {}, row.map((cell) => h("td", {}, shown(cell)))))))));
}

const asCsv = (): string => csv([last!.columns, ...last!.rows.map((row) => row.map((cell) => cell?.value))]);

/** The words of a sentence lead to what was read in it. */
function evidence(text: string): Node | string {
  sentences ??= new Map(data.facts.map((fact) => [data.sentences[fact.e].x, fact.i]));
  const fact = sentences.get(text);
  return fact === undefined ? text : h("button", { type: "button", class: "textual", onclick: () => update({ selected: `f:${fact}` }) }, text);
}
let sentences: Map<string, string> | undefined;

function shown(cell: Cell | null): Node | string {
  if (!cell) return "";
  if (cell.kind !== "iri") return evidence(cell.value);
  const entity = entityByIri(cell.value);
  if (entity !== undefined) return h("button", { type: "button", class: "textual", title: cell.value, onclick: () => update({ selected: `n:${keyOf(entity)}` }) }, data.entities[entity].l);
  if (cell.value.includes("#st=")) return h("button", { type: "button", class: "textual", title: cell.value, onclick: () => update({ selected: `f:${cell.value}` }) }, "statement");
  const article = data.articles.find((one) => one.i === cell.value);
  if (article) return h("button", { type: "button", class: "textual", onclick: () => update({ selected: `a:${article.i}` }) }, article.t || article.s);
  const known = PREFIXES.find(([, iri]) => cell.value.startsWith(iri));
  return known ? `${known[0]}:${cell.value.slice(known[1].length)}` : cell.value;
}
