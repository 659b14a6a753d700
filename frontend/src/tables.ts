// The graph as tables: all that it shows can be read, sorted and copied here.

import { csv } from "./csv";
import { articleOf, articleTitle, data, edges, edgesOfNode, endLabel, factsOf, keyOf, label, mannerOf, nodes, sentenceOf, type Support, supportOf } from "./data";
import { h, plural, save } from "./dom";
import { entityButton } from "./evidence";
import { active, passing } from "./filter";
import { edgeKey } from "./graph";
import { layerSwitch } from "./layer";
import { liveEdges } from "./sight";
import { type State, update } from "./state";
import { MANNERS } from "./theme";

type Cell = string | number;
interface Column { name: string; value: (row: number) => Cell; show?: (row: number) => Node | string; hidden?: true }
interface Table { rows: number[]; columns: Column[]; select: (row: number) => string }

const STEP = 200;
let sorting: { column: string; down: boolean } | null = null;

export function tables(into: HTMLElement, s: State): void {
  const table = { statements, connections, entities, unconnected: (now: State) => entities(now, unconnected(now)) }[s.table](s);
  const choices: [State["table"], string][] = [["statements", "Statements"], ["connections", "Connections"], ["entities", "Entities"], ["unconnected", "Unconnected"]];
  into.replaceChildren(
    h("div", { class: "viewhead" },
      h("div", { class: "segmented", role: "radiogroup", "aria-label": "Table" }, choices.map(([one, text]) =>
        h("button", { type: "button", role: "radio", "aria-checked": String(one === s.table), "data-key": `table-${one}`, onclick: () => { sorting = null; update({ table: one }); } }, text))),
      layerSwitch(s),
      h("p", { class: "quiet" }, plural(table.rows.length, "row")),
      h("button", { type: "button", id: "table-csv", onclick: () => save(`${s.table}.csv`, "text/csv", asCsv(table)) }, "CSV")),
    drawTable(table, s, into),
  );
}

const asCsv = (table: Table): string => csv([table.columns.map((c) => c.name), ...sorted(table).map((row) => table.columns.map((c) => c.value(row)))]);

function sorted(table: Table): number[] {
  const column = table.columns.find((one) => one.name === sorting?.column);
  if (!column) return table.rows;
  const side = sorting!.down ? -1 : 1;
  return [...table.rows].sort((a, b) => {
    const [x, y] = [column.value(a), column.value(b)];
    return (typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y))) * side || a - b;
  });
}

function drawTable(table: Table, s: State, into: HTMLElement): HTMLElement {
  const rows = sorted(table);
  const columns = table.columns.filter((c) => !c.hidden);
  const body = h("tbody");
  const more = h("button", { type: "button", class: "more" });
  let shown = 0;
  const next = (): void => {
    for (const row of rows.slice(shown, shown + STEP)) {
      const key = table.select(row);
      body.append(h("tr", { "aria-selected": key === s.selected ? "true" : null, onclick: (event: Event) => (event.target as HTMLElement).closest("button,a") ?? update({ selected: key }) },
        columns.map((c) => h("td", { class: typeof c.value(row) === "number" ? "num" : c.name }, c.show ? c.show(row) : c.value(row)))));
    }
    shown = Math.min(rows.length, shown + STEP);
    more.hidden = shown >= rows.length;
    more.textContent = `${rows.length - shown} more`;
  };
  more.addEventListener("click", next);
  next();
  const head = columns.map((c) => {
    const on = sorting?.column === c.name;
    return h("th", { scope: "col", "aria-sort": on ? (sorting!.down ? "descending" : "ascending") : "none" },
      h("button", { type: "button", class: "textual", "data-key": `sort-${c.name}`, onclick: () => {
        sorting = { column: c.name, down: on ? !sorting!.down : false };
        tables(into, s);
      } }, c.name, on ? (sorting!.down ? " ↓" : " ↑") : ""));
  });
  return h("div", { class: "tablewrap", tabindex: 0, role: "region", "aria-label": "Table" }, h("table", { class: "data" }, h("thead", {}, h("tr", {}, head)), body), more);
}

const openButton = (text: string, selected: string): HTMLElement => h("button", { type: "button", class: "textual", onclick: () => update({ selected }) }, text);

function statements(s: State): Table {
  const of = (row: number): (typeof data.facts)[0] => data.facts[row];
  return {
    rows: passing(s),
    select: (row) => `f:${of(row).i}`,
    columns: [
      { name: "subject", value: (row) => endLabel(of(row).s) },
      { name: "relation", value: (row) => label(of(row).p), show: (row) => openButton(`${of(row).pl ? "not: " : ""}${label(of(row).p)}`, `f:${of(row).i}`) },
      { name: "object", value: (row) => endLabel(of(row).o) },
      { name: "manner", value: (row) => MANNERS[mannerOf(of(row))] },
      { name: "source", value: (row) => of(row).u.map((one) => data.sources[one].l).join("; ") },
      { name: "publisher", value: (row) => articleOf(of(row)).p ?? "" },
      { name: "date", value: (row) => articleOf(of(row)).d ?? "" },
      { name: "confidence", value: (row) => of(row).c },
      { name: "sentence", value: (row) => sentenceOf(of(row)).x },
      { name: "article", value: (row) => articleTitle(articleOf(of(row))), hidden: true },
    ],
  };
}

function connections(s: State): Table {
  const live = new Map(liveEdges(s).map((one) => [one.number, one]));
  const behind = (row: number): Support => supportOf(edges[row].facts) ?? counted(live.get(row)!.facts);
  return {
    rows: [...live.keys()],
    select: (row) => `e:${edgeKey(row)}`,
    columns: [
      { name: "subject", value: (row) => data.entities[edges[row].from].l, show: (row) => entityButton(edges[row].from) },
      { name: "relation", value: (row) => label(edges[row].label), show: (row) => openButton(`${edges[row].manner === "denied" ? "not: " : ""}${label(edges[row].label)}`, `e:${edgeKey(row)}`) },
      { name: "object", value: (row) => data.entities[edges[row].to].l, show: (row) => entityButton(edges[row].to) },
      { name: "manner", value: (row) => MANNERS[edges[row].manner] },
      { name: "statements", value: (row) => live.get(row)!.facts.length },
      { name: "articles", value: (row) => behind(row)[0] },
      { name: "outlets", value: (row) => behind(row)[1] },
      { name: "independent sources", value: (row) => live.get(row)!.sources },
      { name: "copies", value: (row) => behind(row)[3] },
      { name: "reports alone", value: (row) => (live.get(row)!.light ? "yes" : "no") },
    ],
  };
}

/** For what no article states or reports as fact the build counts nothing; here its articles and outlets, copies not known. */
function counted(facts: number[]): Support {
  const articles = [...new Set(facts.map((row) => articleOf(data.facts[row])))];
  return [articles.length, new Set(articles.map((one) => one.p ?? one.i)).size, 0, 0];
}

/** In no connection at all; under filters, those of them that still have a statement. */
export function unconnected(s: State): number[] {
  const passed = new Set(active(s) ? passing({ ...s, layer: "all" }) : []);
  return data.entities.flatMap((_, n) => (nodes.has(n) || (active(s) && !factsOf(n).some((fact) => passed.has(fact))) ? [] : [n]));
}

function entities(s: State, among?: number[]): Table {
  const passed = new Set(passing(s));
  const number = data.entities.map((_, entity) => factsOf(entity).filter((fact) => passed.has(fact)).length);
  return {
    rows: (among ?? data.entities.map((_, n) => n).filter((n) => number[n] > 0 || !active(s))).sort((a, b) => number[b] - number[a] || a - b),
    select: (row) => `n:${keyOf(row)}`,
    columns: [
      { name: "name", value: (row) => data.entities[row].l, show: (row) => entityButton(row) },
      { name: "type", value: (row) => label(data.entities[row].t) },
      { name: "statements", value: (row) => number[row] },
      { name: "connections", value: (row) => edgesOfNode.get(row)?.length ?? 0 },
      { name: "mentions", value: (row) => data.entities[row].n ?? 0 },
      { name: "weight", value: (row) => nodes.get(row)?.rank ?? 0 },
      { name: "also called", value: (row) => (data.entities[row].a ?? []).join("; ") },
    ],
  };
}
