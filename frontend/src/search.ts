// One box: entities by name or alias first, then sentences. Diacritics and capitals make no difference.

import { articleOf, articleTitle, data, fold, keyOf, label, nodes } from "./data";
import { h, plural } from "./dom";
import { foldedSentence } from "./filter";
import { glyph } from "./glyph";
import { state, update } from "./state";

interface Hit { node: HTMLElement; run: () => void }

let names: string[][] | undefined;
const foldedNames = (): string[][] => (names ??= data.entities.map((entity) => [entity.l, ...(entity.a ?? [])].map(fold)));

export function findEntities(text: string, most: number, onlyNodes = false): number[] {
  const wanted = fold(text.trim());
  if (!wanted) return [];
  const found: { entity: number; score: number }[] = [];
  foldedNames().forEach((forms, entity) => {
    if (onlyNodes && !nodes.has(entity)) return;
    const quality = Math.max(...forms.map((form, n) => match(form, wanted) - (n ? 0.5 : 0)));
    if (quality > 0) found.push({ entity, score: quality * 1000 + (nodes.get(entity)?.rank ?? -1) });
  });
  return found.sort((a, b) => b.score - a.score || a.entity - b.entity).slice(0, most).map((one) => one.entity);
}

function match(form: string, wanted: string): number {
  if (form === wanted) return 4;
  if (form.startsWith(wanted)) return 3;
  const at = form.indexOf(wanted);
  return at < 0 ? 0 : /\W/.test(form[at - 1]) ? 2 : 1;
}

/** Relations by their name or by the words that express them, in the ontology and in the articles, commonest first. */
let expressed: Map<string, { words: Set<string>; count: number }> | undefined;
export function findRelations(text: string, most: number): [string, number][] {
  const wanted = fold(text.trim());
  if (wanted.length < 3) return [];
  expressed ??= expressions();
  return [...expressed]
    .map(([name, one]) => ({ name, count: one.count, far: Math.min(...[...one.words].map((word) => distance(word, wanted))) }))
    .filter((one) => one.far < Infinity)
    .sort((a, b) => a.far - b.far || alike(label(b.name), wanted) - alike(label(a.name), wanted) || b.count - a.count)
    .slice(0, most).map(({ name, count }) => [name, count]);
}

/** How many letters two words begin with in common. */
function alike(name: string, wanted: string): number {
  let n = 0;
  while (n < wanted.length && name[n] === wanted[n]) n++;
  return n;
}

/** How far a wording is from what was typed: “honour”, “honoured” and “tribute to” are near “honour” and “pay tribute to”. */
function distance(word: string, wanted: string): number {
  if (word.startsWith(wanted)) return word.length - wanted.length;
  if (word.length > 3 && wanted.startsWith(word) && wanted.length - word.length <= 3) return wanted.length - word.length;
  return word.includes(` ${wanted}`) ? word.length : Infinity;
}

function expressions(): Map<string, { words: Set<string>; count: number }> {
  const found = new Map<string, { words: Set<string>; count: number }>();
  for (const fact of data.facts) {
    if (fact.k) continue;
    const one = found.get(fact.p) ?? found.set(fact.p, { words: new Set([label(fact.p), ...(data.wordings[fact.p] ?? [])].map(fold)), count: 0 }).get(fact.p)!;
    one.count++;
    if (fact.g) one.words.add(fold([...data.sentences[fact.e].x].slice(...fact.g).join("")));
  }
  return found;
}

function findSentences(text: string, most: number): { list: number[]; all: number } {
  const words = fold(text).split(/\s+/).filter(Boolean);
  const list: number[] = [];
  let all = 0;
  if (words.join("").length < 3) return { list, all };
  const first = new Set<number>();
  data.facts.forEach((fact, number) => {
    if (first.has(fact.e) || !words.every((word) => foldedSentence(fact.e).includes(word))) return;
    first.add(fact.e);
    all++;
    if (list.length < most) list.push(number);
  });
  return { list, all };
}

export function searchBox(): HTMLElement {
  const list = h("ul", { id: "hits", role: "listbox", "aria-label": "Search results", hidden: true });
  const input = h("input", {
    id: "search", type: "search", placeholder: "Search names, verbs, sentences", autocomplete: "off", spellcheck: "false", role: "combobox",
    "aria-label": "Search names, verbs, sentences", "aria-expanded": "false", "aria-controls": "hits", "aria-autocomplete": "list",
  });
  let hits: Hit[] = [];
  let at = -1;
  const close = (): void => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (next: number): void => {
    at = (next + hits.length) % hits.length;
    hits.forEach((hit, n) => hit.node.setAttribute("aria-selected", n === at ? "true" : "false"));
    input.setAttribute("aria-activedescendant", hits[at].node.id);
    hits[at].node.scrollIntoView({ block: "nearest" });
  };
  const run = (hit: Hit | undefined): void => {
    if (!hit) return;
    close();
    input.value = ""; // the text has done its work
    hit.run();
  };
  const fill = (): void => {
    hits = resultsFor(input.value);
    hits.forEach((hit, n) => {
      hit.node.id = `hit-${n}`;
      hit.node.addEventListener("mousedown", (event) => {
        event.preventDefault();
        run(hit);
      });
    });
    list.replaceChildren(...(hits.length ? hits.map((hit) => hit.node) : input.value.trim() ? [h("li", { class: "none", role: "option", "aria-disabled": "true" }, "Nothing found.")] : []));
    list.hidden = !input.value.trim();
    input.setAttribute("aria-expanded", String(!list.hidden));
    at = -1;
    if (hits.length) mark(0);
  };
  input.addEventListener("input", fill);
  input.addEventListener("focus", () => input.value.trim() && fill());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && hits.length) mark(at + 1);
    else if (event.key === "ArrowUp" && hits.length) mark(at - 1);
    else if (event.key === "Enter") run(hits[at]);
    else if (event.key === "Escape") {
      input.value = "";
      close();
    } else return;
    event.preventDefault();
  });
  return h("div", { class: "search", role: "search" }, input, list);
}

function resultsFor(text: string): Hit[] {
  const entities = findEntities(text, 8).map((entity): Hit => {
    const row = data.entities[entity];
    const alias = row.a?.find((one) => fold(one).includes(fold(text.trim())) && !fold(row.l).includes(fold(text.trim())));
    const node = h("li", { role: "option" }, glyph(row.f), h("span", { class: "name" }, row.l, alias ? h("small", {}, ` ${alias}`) : null), h("small", {}, label(row.t)));
    return { node, run: () => update({ selected: `n:${keyOf(entity)}` }) };
  });
  const relations = findRelations(text, 3).map(([name, count]): Hit => ({
    node: h("li", { role: "option", class: "relation" }, h("span", { class: "name" }, "Only ", h("i", {}, label(name))), h("small", {}, `relation, ${plural(count, "statement")}`)),
    run: () => update({ filters: new Map(state.filters).set("relation", { only: true, values: new Set([name]) }), selected: `r:${name}` }),
  }));
  const { list, all } = findSentences(text, 6);
  const sentences = list.map((number): Hit => {
    const fact = data.facts[number];
    const node = h("li", { role: "option", class: "sentence" }, excerpt(data.sentences[fact.e].x, text), h("small", {}, ` ${articleTitle(articleOf(fact))}`));
    return { node, run: () => update({ selected: `f:${fact.i}` }) };
  });
  const every: Hit[] = all > 0 ? [{ node: h("li", { role: "option", class: "all" }, `Keep only the statements of ${all} sentence${all === 1 ? "" : "s"} with “${text.trim()}”`), run: () => update({ text: text.trim() }) }] : [];
  return [...entities, ...relations, ...sentences, ...every];
}

function excerpt(sentence: string, text: string): string {
  const at = Math.max(0, fold(sentence).indexOf(fold(text.trim()).split(/\s+/)[0]) - 40);
  return `${at > 0 ? "…" : ""}${sentence.slice(at, at + 120)}${sentence.length > at + 120 ? "…" : ""}`;
}
