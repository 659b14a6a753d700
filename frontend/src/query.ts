// The query page of `kg serve`: editor, ready questions by title, answers as a table. It talks to its own server only.

import { EditorView } from "@codemirror/view";

import { csv } from "./csv";
import { h, plural, save } from "./dom";
import { mount } from "./editor";

interface Question { name: string; title: string; description: string; text: string }
interface Page { questions: Question[]; prefixes: Record<string, string>; base: string; terms: string[] }
interface Term { type: string; value: string; datatype?: string; "xml:lang"?: string }
interface Results { head: { vars?: string[] }; boolean?: boolean; results?: { bindings: Record<string, Term>[] } }

const FIRST = "SELECT ?who ?whom {\n  ?a nk:honored ?b .\n  ?a rdfs:label ?who .\n  ?b rdfs:label ?whom .\n}";
const STEP = 500;
const RESULTS = "application/sparql-results+json, text/turtle;q=0.9";

const nonce = (document.currentScript as HTMLScriptElement).nonce;
const page = JSON.parse(document.getElementById("page")!.textContent!) as Page;
const at = (id: string): HTMLElement => document.getElementById(id)!;
const [choice, about, status, answer] = [at("choice") as HTMLSelectElement, at("about"), at("status"), at("answer")];
const [askButton, stopButton] = [at("ask"), at("stop")] as HTMLButtonElement[];

let running: AbortController | undefined;

const words = [...page.terms.map((name) => `nk:${name}`), "rdf:type", "rdf:subject", "rdf:predicate", "rdf:object", "rdfs:label", "schema:headline", "schema:datePublished", "schema:publisher", "skos:altLabel", "skos:definition"];
const editor = mount(at("editor"), fromAddress() ?? FIRST, words, () => void run(), EditorView.cspNonce.of(nonce!));

choice.append(...page.questions.map((one) => h("option", { value: one.name }, one.title)));
choice.addEventListener("change", () => {
  const found = page.questions.find((one) => one.name === choice.value);
  about.textContent = found?.description ?? "";
  if (!found) return;
  editor.set(found.text.replace(/^(#.*\n)+/, "").trim());
  void run();
});
askButton.addEventListener("click", () => void run());
stopButton.addEventListener("click", () => running?.abort());
addEventListener("hashchange", () => {
  const query = fromAddress();
  if (query !== undefined && query !== editor.get()) editor.set(query);
});

/** The query in the page's address, so that a question can be sent as a link. */
function fromAddress(): string | undefined {
  return new URLSearchParams(location.hash.slice(1)).get("query") ?? undefined;
}

async function run(): Promise<void> {
  running?.abort();
  const mine = (running = new AbortController());
  const query = editor.get();
  history.replaceState(null, "", `#${new URLSearchParams({ query })}`);
  stopButton.disabled = false;
  status.textContent = "Asking …";
  answer.replaceChildren();
  const begun = performance.now();
  try {
    const reply = await post(query, RESULTS, mine.signal);
    const text = await reply.text();
    if (mine !== running) return;
    if (!reply.ok) return fault(reply.status === 503 ? `The server stopped it: ${text}` : text);
    const time = `${Math.max(1, Math.round(performance.now() - begun))} ms`;
    if (reply.headers.get("Content-Type")?.startsWith("text/turtle")) turtle(text, time);
    else show(JSON.parse(text) as Results, query, time);
  } catch (error) {
    if (mine === running) fault(mine.signal.aborted ? "Stopped." : String((error as Error).message));
  } finally {
    if (mine === running) stopButton.disabled = true;
  }
}

function post(query: string, accept: string, signal?: AbortSignal): Promise<Response> {
  return fetch("/sparql", { method: "POST", body: query, signal, headers: { "Content-Type": "application/sparql-query", Accept: accept } });
}

function fault(text: string): void {
  status.textContent = "";
  answer.replaceChildren(h("pre", { class: "problem", role: "alert" }, text.trim()));
}

function turtle(text: string, time: string): void {
  status.textContent = `${plural(text.split("\n").length, "line")} of Turtle in ${time}`;
  answer.replaceChildren(
    h("p", { class: "bar" }, h("button", { type: "button", onclick: () => save("answer.ttl", "text/turtle", text) }, "Save as Turtle")),
    h("pre", { tabindex: 0, role: "region", "aria-label": "Answer" }, text));
}

function show(found: Results, query: string, time: string): void {
  if (found.boolean !== undefined) {
    status.textContent = `Answered in ${time}`;
    answer.replaceChildren(h("p", { class: "verdict" }, found.boolean ? "Yes" : "No"));
    return;
  }
  const names = found.head.vars ?? [];
  const rows = found.results!.bindings;
  status.textContent = `${plural(rows.length, "row")} in ${time}`;
  const body = h("tbody");
  const more = h("button", { type: "button", class: "more" });
  let shown = 0;
  const next = (): void => {
    body.append(...rows.slice(shown, shown + STEP).map((row) => h("tr", {}, names.map((name) => h("td", { class: numeric(row[name]) ? "number" : null }, cell(row[name]))))));
    shown = Math.min(rows.length, shown + STEP);
    more.hidden = shown >= rows.length;
    more.textContent = `${plural(rows.length - shown, "more row")}`;
  };
  more.addEventListener("click", next);
  next();
  answer.replaceChildren(
    h("p", { class: "bar" },
      h("button", { type: "button", id: "csv", onclick: () => save("answer.csv", "text/csv", csv([names, ...rows.map((row) => names.map((name) => row[name]?.value))])) }, "CSV"),
      ["TSV", "JSON", "XML"].map((form) => h("button", { type: "button", onclick: () => void download(query, form) }, form))),
    h("div", { class: "rows", tabindex: 0, role: "region", "aria-label": "Answer" },
      h("table", {}, h("thead", {}, h("tr", {}, names.map((name) => h("th", { scope: "col" }, name)))), body)), more);
}

const KINDS: Record<string, string> = { TSV: "text/tab-separated-values", JSON: "application/sparql-results+json", XML: "application/sparql-results+xml" };

async function download(query: string, form: string): Promise<void> {
  const reply = await post(query, KINDS[form]);
  if (reply.ok) save(`answer.${form.toLowerCase()}`, KINDS[form], await reply.blob());
  else fault(await reply.text());
}

const numeric = (term: Term | undefined): boolean => /#(integer|decimal|double|float)$/.test(term?.datatype ?? "");

/** Resources of this server lead to their page; nothing that an article says becomes a link. */
function cell(term: Term | undefined): Node | string {
  if (!term) return "";
  if (term.type !== "uri") return term.value;
  if (term.value.startsWith(page.base)) return h("a", { href: `/id/${term.value.slice(page.base.length).replaceAll("#", "%23")}`, title: term.value }, term.value.slice(page.base.length));
  const known = Object.entries(page.prefixes).find(([, iri]) => term.value.startsWith(iri));
  return known ? `${known[0]}:${term.value.slice(known[1].length)}` : term.value;
}
