// What the graph does not draw, each part with the way to see it.

import { data, edgeOfFact } from "./data";
import { h, plural } from "./dom";
import { active, passing } from "./filter";
import { type State, update } from "./state";
import { unconnected } from "./tables";

interface Part { text: string; change: Partial<State> }

function parts(s: State): Part[] {
  const passed = passing({ ...s, layer: "all" });
  const count = (test: (n: number) => boolean): number => passed.filter(test).length;
  const claims = s.layer === "all" ? 0 : count((n) => edgeOfFact.has(n) && !data.facts[n].y);
  const figures = count((n) => data.facts[n].k === "quantity");
  const quotes = count((n) => data.facts[n].k === "quotation");
  const single = unconnected(s).length;
  const rest = data.facts.length - passed.length;
  const found: [number, string, Partial<State>][] = [
    [claims, `${plural(claims, "claim, plan or denial", "claims, plans and denials")}`, { layer: "all" }],
    [figures, plural(figures, "figure"), { view: "figures" }],
    [quotes, plural(quotes, "quotation"), { view: "quotes" }],
    [single, plural(single, "unconnected entity", "unconnected entities"), { view: "table", table: "unconnected" }],
    [active(s) ? rest : 0, `${plural(rest, "statement")} filtered out`, { filters: new Map(), from: "", to: "", text: "" }],
  ];
  return found.filter(([n]) => n > 0).map(([, text, change]) => ({ text, change }));
}

export function notDrawn(s: State): (Node | string)[] {
  const list = parts(s);
  const button = (part: Part, n: number): Node => h("button", { type: "button", class: "textual", "data-key": `hidden-${n}`, onclick: () => update(part.change) }, part.text);
  return list.length ? [" Not drawn: ", ...list.flatMap((part, n) => [n ? " · " : "", button(part, n)]), "."] : [];
}
