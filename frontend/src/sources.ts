// Who is credited, how often, by which outlet; and what rests on one source alone.

import { articleOf, articleTitle, data, edges } from "./data";
import { h, plural } from "./dom";
import { day } from "./evidence";
import { NO_PUBLISHER, passing } from "./filter";
import { type State, update } from "./state";

interface Row { name: string; all: number; by: Map<string, number>; alone: number }

export function sources(into: HTMLElement, s: State): void {
  const passed = passing({ ...s, layer: "all" });
  const rows = new Map<string, Row>();
  const outlets = new Map<string, number>();
  for (const n of passed) {
    const outlet = articleOf(data.facts[n]).p ?? NO_PUBLISHER;
    outlets.set(outlet, (outlets.get(outlet) ?? 0) + 1);
    for (const source of new Set(data.facts[n].u.map((one) => data.sources[one].l))) {
      const row = rows.get(source) ?? rows.set(source, { name: source, all: 0, by: new Map(), alone: 0 }).get(source)!;
      row.all++;
      row.by.set(outlet, (row.by.get(outlet) ?? 0) + 1);
    }
  }
  const single = countAlone(new Set(passed), rows);
  const order = [...rows.values()].sort((a, b) => b.all - a.all || (a.name < b.name ? -1 : 1));
  const columns = [...outlets.keys()].sort((a, b) => outlets.get(b)! - outlets.get(a)!).slice(0, 12);
  const edgesAll = single.all || 1;
  into.replaceChildren(
    h("p", { class: "lead", id: "one-source" }, `${single.one} of ${plural(single.all, "connection")} (${Math.round((single.one / edgesAll) * 100)} %) ${single.one === 1 ? "rests" : "rest"} on one source alone.`),
    h("p", { class: "quiet" }, "Counted is the last named source of each statement; where nobody is credited, the outlet itself."),
    matrix(order.slice(0, 150), columns),
    order.length > 150 ? h("p", { class: "quiet" }, `${order.length - 150} further sources hidden.`) : "",
    articles());
}

function countAlone(passed: Set<number>, rows: Map<string, Row>): { one: number; all: number } {
  let [one, all] = [0, 0];
  for (const edge of edges) {
    const facts = edge.facts.filter((n) => passed.has(n));
    if (!facts.length) continue;
    all++;
    const names = new Set(facts.flatMap((n) => data.facts[n].u.map((u) => data.sources[u].l)));
    if (names.size > 1) continue;
    one++;
    rows.get([...names][0])!.alone++;
  }
  return { one, all };
}

function matrix(rows: Row[], columns: string[]): HTMLElement {
  const most = Math.max(1, ...rows.flatMap((row) => [...row.by.values()]));
  const cell = (n: number | undefined): HTMLElement => h("td", { class: "heat" }, n ? h("span", { style: `--h:${Math.sqrt(n / most).toFixed(2)}` }, n) : "");
  return h("div", { class: "tablewrap", tabindex: 0, role: "region", "aria-label": "Sources by outlet" }, h("table", { class: "data matrix" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "source"), h("th", { scope: "col", class: "num" }, "statements"), h("th", { scope: "col", class: "num" }, "connections on it alone"), columns.map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", {}, rows.map((row) => h("tr", {}, h("th", { scope: "row" }, h("button", { type: "button", class: "textual", onclick: () => update({ selected: `s:${row.name}` }) }, row.name)),
      h("td", { class: "num" }, row.all), h("td", { class: "num" }, row.alone || ""), columns.map((name) => cell(row.by.get(name))))))));
}

function articles(): HTMLElement {
  const number = new Map<string, number>();
  for (const fact of data.facts) number.set(articleOf(fact).i, (number.get(articleOf(fact).i) ?? 0) + 1);
  const list = [...data.articles].sort((a, b) => ((a.d ?? "9") < (b.d ?? "9") ? -1 : 1)).slice(0, 500);
  return h("section", {}, h("h2", {}, plural(data.articles.length, "article")), h("ul", { class: "articles" }, list.map((article) =>
    h("li", {}, h("button", { type: "button", class: "textual", onclick: () => update({ selected: `a:${article.i}` }) }, articleTitle(article)), h("small", {}, ` ${[article.p, day(article.d), plural(number.get(article.i) ?? 0, "statement")].filter(Boolean).join(" · ")}`)))));
}
