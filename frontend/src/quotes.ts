// Who was quoted with which words.

import { articleOf, articleTitle, data, endLabel, levelsOf } from "./data";
import { h, plural } from "./dom";
import { day } from "./evidence";
import { passing } from "./filter";
import { type State, update } from "./state";

export function quotes(into: HTMLElement, s: State): void {
  const speakers = new Map<string, number[]>();
  for (const n of passing(s)) {
    if (data.facts[n].k !== "quotation") continue;
    const name = endLabel(data.facts[n].s);
    const list = speakers.get(name);
    if (list) list.push(n);
    else speakers.set(name, [n]);
  }
  const order = [...speakers].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  const all = order.reduce((sum, [, list]) => sum + list.length, 0);
  into.replaceChildren(
    h("p", { class: "lead" }, all ? `${plural(all, "quotation")} of ${plural(order.length, "speaker")}.` : "No quotations under these filters."),
    order.length > 3 ? h("p", { class: "jump" }, order.slice(0, 40).map(([name, list], n) => h("button", { type: "button", class: "textual", onclick: () => document.getElementById(`speaker-${n}`)?.scrollIntoView() }, `${name} ${list.length}`))) : "",
    ...order.slice(0, 200).map(([name, list], n) => h("section", { class: "speaker", id: `speaker-${n}` }, h("h2", {}, name), list.map(quote))));
}

function quote(n: number): HTMLElement {
  const fact = data.facts[n];
  const article = articleOf(fact);
  const via = levelsOf(fact);
  return h("figure", {}, h("blockquote", {}, `“${endLabel(fact.o)}”`),
    h("figcaption", {}, h("button", { type: "button", class: "textual", onclick: () => update({ selected: `f:${fact.i}` }) }, articleTitle(article)), ` · ${[article.p, day(article.d)].filter(Boolean).join(" · ")}${via.length ? ` · via ${via.join(", ")}` : ""}`));
}
