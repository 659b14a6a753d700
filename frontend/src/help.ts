// What one can do here, as questions a reader brings, each with the way and a button that goes it; then signs and keys.

import { data, edges, supportOf } from "./data";
import { h } from "./dom";
import { edgeKey } from "./graph";
import { type State, update } from "./state";

const KEYS: [string, string][] = [
  ["/", "search"], ["1 … 7", "views"], ["?", "this help"], ["Arrows (in the graph)", "from entity to entity"], ["e", "along the connections of an entity"], ["Enter", "evidence of what is marked"],
  ["Shift + arrows", "move the picture"], ["+  −  0", "zoom in, out, all"], ["Esc", "close the evidence"], ["Double click", "surroundings of an entity"],
];

/** The best supported connection, to show evidence with. */
function best(): number {
  const weight = (n: number): number => (supportOf(edges[n].facts)?.[2] ?? 0) * 1000 + edges[n].facts.length;
  return edges.reduce((found, _, n) => (weight(n) > weight(found) ? n : found), 0);
}

const focusSearch = (): void => document.getElementById("search")!.focus();

function tasks(path: () => void): [string, string, () => void][] {
  const whole: Partial<State> = { view: "graph", around: null, path: null, set: [] };
  return [
    ["Who did what to whom, and where is it said?", "Type a verb or a name into the search, or choose “only” beside a relation on the left; then click a line, or a row under Table › Connections.", () => edges.length && update({ ...whole, selected: `e:${edgeKey(best())}` })],
    ["Which figures differ, and who says what?", "Figures puts every claim on the same thing side by side.", () => update({ view: "figures" })],
    ["What was said on a date?", "Timeline lists the days; drag over the bars, or choose “only this day”.", () => update({ view: "timeline" })],
    ["How are two entities connected?", "“Path between two …” above the graph.", path],
    ["How much rests on one source?", "Sources says who is credited by which outlet, and what has no second source.", () => update({ view: "sources" })],
    ["Who said what, in which words?", "Quotes, by speaker.", () => update({ view: "quotes" })],
    ["All about one entity", "Search its name; “Surroundings” then draws it with its neighbours.", focusSearch],
    ...(data.about.triples ? [["Anything else", "Ask takes SPARQL, with ready questions to begin from.", () => update({ view: "ask" })] as [string, string, () => void]] : []),
  ];
}

export function help(path: () => void): void {
  const task = ([question, how, run]: [string, string, () => void]): HTMLElement =>
    h("li", {}, h("div", {}, h("b", {}, question), h("span", {}, ` ${how}`)), h("button", { type: "button", "aria-label": `Show: ${question}`, onclick: () => (dialog.close(), dialog.remove(), run()) }, "Show"));
  const dialog = h("dialog", { class: "help", "aria-labelledby": "help-title" },
    h("form", { method: "dialog", class: "top-close" }, h("button", { type: "submit", "aria-label": "Close the help" }, "×")),
    h("h2", { id: "help-title" }, "What you can ask this page"), h("ul", { class: "tasks" }, tasks(path).map(task)),
    h("h2", {}, "How to read it"),
    h("p", {}, "A line is something an article states as a fact in its own voice, or reports as one after a source without a word of doubt; the panel says which. The thicker, the more independent sources; pale where it rests on reports alone. “Everything said” adds what is claimed (dotted), hedged or planned (dashed) and denied (crossed)."),
    h("p", {}, "Behind every line stand the sentences it rests on: click it. No figures are merged and no claim is dropped. All filters work together and in every view but Ask, which asks all triples; the address of the page holds what you see, so that it can be sent, and the back button undoes."),
    h("h2", {}, "Keys"), h("table", {}, KEYS.map(([key, what]) => h("tr", {}, h("th", { scope: "row" }, key), h("td", {}, what)))),
    h("form", { method: "dialog" }, h("button", { type: "submit" }, "Close")));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
