// Filters: the legend is the first of them. Every value says how many statements it stands for under all other filters.

import { families, label } from "./data";
import { h } from "./dom";
import { admits, counts, toggled, universe } from "./filter";
import { glyph, stroke } from "./glyph";
import { type Choice, FACETS, type Facet, type State, state, update } from "./state";

const TITLES: Record<Facet, string> = { type: "Kind", relation: "Relation", publisher: "Published by", source: "Last named source", certainty: "Certainty", voice: "Voice" };
const SHORT = 8;
const unfolded = new Set<Facet>();

export function sidebar(s: State): HTMLElement[] {
  return [...FACETS.map((facet) => facetBlock(facet, s)), manners()];
}

function names(facet: Facet, value: string): Node[] {
  if (facet === "type") return [glyph(value), h("span", {}, families.find((one) => one.name === value)?.label ?? value)];
  if (facet === "relation") return [h("span", {}, label(value))];
  if (facet === "voice") return [h("span", {}, value === "article" ? "the article’s own" : "reported")];
  return [h("span", {}, value)];
}

function order(facet: Facet): string[] {
  const values = universe(facet);
  return facet === "type" ? families.map((one) => one.name).filter((name) => values.includes(name)) : values;
}

function facetBlock(facet: Facet, s: State): HTMLElement {
  const number = counts(s, facet);
  const choice = s.filters.get(facet);
  const values = order(facet).filter((value) => number.get(value) || (choice && !admits(choice, value)) || facet === "type");
  if (facet !== "type") values.sort((a, b) => Number(choice?.only && admits(choice, b)) - Number(choice?.only && admits(choice, a)) || (number.get(b) ?? 0) - (number.get(a) ?? 0));
  const shown = unfolded.has(facet) ? values : values.slice(0, facet === "type" ? 20 : SHORT);
  const rest = values.length - shown.length;
  const id = `facet-${facet}`;
  return h(
    "section",
    { class: "facet", role: "group", "aria-labelledby": id },
    h("h3", { id }, TITLES[facet], choice ? h("button", { type: "button", class: "textual reset", "data-key": `${facet}-all`, onclick: () => choose(facet, undefined) }, "all") : null),
    h("ul", { class: choice?.only ? "some" : "" }, shown.map((value) => valueRow(facet, value, number.get(value) ?? 0, choice))),
    rest > 0 || (unfolded.has(facet) && values.length > SHORT)
      ? h("button", { type: "button", class: "textual", "data-key": `${facet}-more`, onclick: () => unfold(facet) }, rest > 0 ? `${rest} more` : "fewer")
      : null,
  );
}

function valueRow(facet: Facet, value: string, number: number, choice: Choice | undefined): HTMLElement {
  const on = admits(choice, value);
  return h("li", { class: on ? "" : "off" },
    h("button", { type: "button", class: "value", "aria-pressed": on ? "true" : "false", "data-key": `${facet}=${value}`, title: `${on ? "Hide" : "Show"}; the number counts statements`, onclick: () => choose(facet, toggled(facet, choice, value)) },
      names(facet, value), h("span", { class: "count" }, number)),
    h("button", { type: "button", class: "only", "aria-label": `only ${value}`, "data-key": `${facet}!${value}`, onclick: () => choose(facet, { only: true, values: new Set([value]) }) }, "only"));
}

function choose(facet: Facet, choice: Choice | undefined): void {
  const filters = new Map(state.filters);
  if (choice) filters.set(facet, choice);
  else filters.delete(facet);
  update({ filters });
}

function unfold(facet: Facet): void {
  if (!unfolded.delete(facet)) unfolded.add(facet);
  update({}, true);
}

function manners(): HTMLElement {
  const rows: [Parameters<typeof stroke>[0], string][] = [
    ["asserted", "stated or reported as fact"], ["several", "by several independent sources"], ["reports", "rests on reports alone"], ["claimed", "claimed, alleged"], ["hedged", "hedged or planned"], ["denied", "denied"],
  ];
  return h("section", { class: "facet lines" }, h("h3", {}, "Lines"), h("ul", {}, rows.map(([kind, text]) => h("li", {}, stroke(kind), h("span", {}, text)))));
}
