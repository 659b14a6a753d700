// Who is credited, how often, by which outlet; and what rests on one source alone.

import { articleOf, articleTitle, data } from "./data";
import { h, plural } from "./dom";
import { day } from "./evidence";
import { NO_PUBLISHER, passing } from "./filter";
import { liveEdges } from "./sight";
import { type State, update } from "./state";

interface Row { name: string; all: number; by: Map<string, number>; alone: number }

const OWN = "the outlet’s own word";

/** The sources of a statement; where nobody is credited, one name for all outlets. */
const namesOf = (n: number): string[] => (data.facts[n].h?.length ? [...new Set(data.facts[n].u.map((one) => data.sources[one].l))] : [OWN]);

export function sources(into: HTMLElement, s: State): void {
  const passed = passing({ ...s, layer: "all" });
  const rows = new Map<string, Row>();
  const outlets = new Map<string, number>();
  for (const n of passed) {
    const outlet = articleOf(data.facts[n]).p ?? NO_PUBLISHER;
    outlets.set(outlet, (outlets.get(outlet) ?? 0) + 1);
    for (const source of namesOf(n)) {
      const row = rows.get(source) ?? rows.set(source, { name: source, all: 0, by: new Map(), alone: 0 }).get(source)!;
      row.all++;
      row.by.set(outlet, (row.by.get(outlet) ?? 0) + 1);
    }
  }
  const live = liveEdges({ ...s, layer: "all" });
  const alone = live.filter((one) => one.sources === 1);
  for (const one of alone) rows.get(namesOf(one.facts[0])[0])!.alone++;
  const order = [...rows.values()].sort((a, b) => Number(b.name === OWN) - Number(a.name === OWN) || b.all - a.all || (a.name < b.name ? -1 : 1));
  const columns = [...outlets.keys()].sort((a, b) => outlets.get(b)! - outlets.get(a)!);
  const own = rows.get(OWN)?.alone ?? 0;
  const share = Math.round((alone.length / (live.length || 1)) * 100);
  into.replaceChildren(
    h("p", { class: "lead", id: "one-source" }, `${alone.length.toLocaleString("en")} of ${plural(live.length, "connection")} (${share} %) ${alone.length === 1 ? "rests" : "rest"} on one source alone${own ? `, ${own.toLocaleString("en")} of them on ${OWN}` : ""}.`),
    h("p", { class: "quiet" }, "Counted is everything said, also what the graph leaves to “Everything said”, by the last named source of each statement. Choose a source for its statements and for what rests on it alone."),
    matrix(order.slice(0, 150), columns.slice(0, 12)),
    h("p", { class: "quiet" }, [order.length > 150 ? `${plural(order.length - 150, "further source")} hidden. ` : "", columns.length > 12 ? `${plural(columns.length - 12, "further outlet")} hidden.` : ""].join("")),
    articles());
}

function matrix(rows: Row[], columns: string[]): HTMLElement {
  const most = Math.max(1, ...rows.filter((row) => row.name !== OWN).flatMap((row) => [...row.by.values()]));
  const cell = (n: number | undefined): HTMLElement => h("td", { class: "heat" }, n ? h("span", { style: `--h:${Math.sqrt(Math.min(1, n / most)).toFixed(2)}` }, n) : "");
  const name = (row: Row): Node | string => (row.name === OWN ? OWN : h("button", { type: "button", class: "textual", "data-key": `source-${row.name}`, onclick: () => update({ selected: `s:${row.name}` }) }, row.name));
  return h("div", { class: "tablewrap", tabindex: 0, role: "region", "aria-label": "Sources by outlet" }, h("table", { class: "data matrix" },
    h("thead", {},
      h("tr", {}, h("td", { colspan: 3 }), h("th", { scope: "colgroup", colspan: columns.length, class: "group" }, "statements credited to it by")),
      h("tr", {}, h("th", { scope: "col" }, "source"), h("th", { scope: "col", class: "num" }, "statements"), h("th", { scope: "col", class: "num" }, "connections on it alone"), columns.map((one) => h("th", { scope: "col" }, one)))),
    h("tbody", {}, rows.map((row) => h("tr", { class: row.name === OWN ? "own" : "" }, h("th", { scope: "row" }, name(row)),
      h("td", { class: "num" }, row.all), h("td", { class: "num" }, row.alone || ""), columns.map((one) => cell(row.by.get(one))))))));
}

function articles(): HTMLElement {
  const number = new Map<string, number>();
  for (const fact of data.facts) number.set(articleOf(fact).i, (number.get(articleOf(fact).i) ?? 0) + 1);
  const list = [...data.articles].sort((a, b) => ((a.d ?? "9") < (b.d ?? "9") ? -1 : 1)).slice(0, 500);
  return h("section", {}, h("h2", {}, plural(data.articles.length, "article")), h("ul", { class: "articles" }, list.map((article) =>
    h("li", {}, h("button", { type: "button", class: "textual", onclick: () => update({ selected: `a:${article.i}` }) }, articleTitle(article)), h("small", {}, ` ${[article.p, day(article.d), plural(number.get(article.i) ?? 0, "statement")].filter(Boolean).join(" · ")}`)))));
}
