// Which statements pass, and how many each choice of a filter would show.

import { articleOf, data, type Fact, fold, sentenceOf } from "./data";
import { type Choice, type Facet, FACETS, initial, type State, write } from "./state";

export const NO_PUBLISHER = "no publisher given";

const VALUES: Record<Exclude<Facet, "type">, (fact: Fact) => string[]> = {
  relation: (fact) => [fact.p],
  publisher: (fact) => [articleOf(fact).p ?? NO_PUBLISHER],
  source: (fact) => [...new Set(fact.u.map((source) => data.sources[source].l))],
  certainty: (fact) => [fact.ct ?? "certain"],
  voice: (fact) => [fact.v ? "reported" : "article"],
};

/** The families at the two ends; a type filter must pass both. */
function types(fact: Fact): string[] {
  const ends = [fact.s, fact.o].filter((end) => end.e !== undefined).map((end) => data.entities[end.e!].f);
  return [...new Set(ends)];
}

export const valuesOf = (facet: Facet, fact: Fact): string[] => (facet === "type" ? types(fact) : VALUES[facet](fact));

export const admits = (choice: Choice | undefined, value: string): boolean => !choice || choice.only === choice.values.has(value);

function passes(facet: Facet, fact: Fact, choice: Choice | undefined): boolean {
  if (!choice) return true;
  const values = valuesOf(facet, fact);
  if (facet === "type") return values.every((value) => admits(choice, value));
  return values.some((value) => admits(choice, value));
}

export function inLayer(fact: Fact, s: State): boolean {
  return s.layer === "all" || !!fact.y || fact.k === "quotation" || fact.k === "quantity";
}

/** First and last day a statement belongs to, or null. */
export function daysOf(fact: Fact, dates: State["dates"]): [string, string] | null {
  if (dates === "published") {
    const day = articleOf(fact).d;
    return day ? [day.slice(0, 10), day.slice(0, 10)] : null;
  }
  const from = fact.tm?.a ?? fact.tm?.b;
  return from ? [from, fact.tm?.b ?? from] : null;
}

function inTime(fact: Fact, s: State): boolean {
  if (!s.from && !s.to) return true;
  const days = daysOf(fact, s.dates);
  return !!days && (!s.to || days[0] <= s.to) && (!s.from || days[1] >= s.from);
}

const folded: string[] = [];
export const foldedSentence = (number: number): string => (folded[number] ??= fold(data.sentences[number].x));

function hasWords(fact: Fact, words: string[]): boolean {
  return words.every((word) => foldedSentence(fact.e).includes(word));
}

/** Numbers of the statements that pass everything (or everything but one facet, or but the time). Not to be changed. */
export function passing(s: State, without?: Facet | "time"): number[] {
  const { layer, text, from, to, dates, filters } = s;
  const key = `${without} ${dates} ${write({ ...initial(), layer, text, from, to, filters })}`;
  const found = known.get(key) ?? passed(s, without);
  if (known.size > 40) known.clear();
  known.set(key, found);
  return found;
}

// One change of the state asks for the same a dozen times.
const known = new Map<string, number[]>();

function passed(s: State, without?: Facet | "time"): number[] {
  const words = fold(s.text).split(/\s+/).filter(Boolean);
  const facets = FACETS.filter((facet) => facet !== without && s.filters.has(facet));
  const found: number[] = [];
  data.facts.forEach((fact, number) => {
    if (!inLayer(fact, s)) return;
    if (without !== "time" && !inTime(fact, s)) return;
    if (!hasWords(fact, words)) return;
    if (facets.every((facet) => passes(facet, fact, s.filters.get(facet)))) found.push(number);
  });
  return found;
}

/** Value -> number of statements, over what all other filters let through. */
export function counts(s: State, facet: Facet): Map<string, number> {
  const found = new Map<string, number>();
  for (const number of passing(s, facet)) {
    for (const value of valuesOf(facet, data.facts[number])) found.set(value, (found.get(value) ?? 0) + 1);
  }
  return found;
}

/** All values of a facet in the data, commonest first. */
const all = new Map<Facet, string[]>();
export function universe(facet: Facet): string[] {
  if (!all.has(facet)) {
    const number = new Map<string, number>();
    for (const fact of data.facts) for (const value of valuesOf(facet, fact)) number.set(value, (number.get(value) ?? 0) + 1);
    all.set(facet, [...number.keys()].sort((a, b) => number.get(b)! - number.get(a)! || (a < b ? -1 : 1)));
  }
  return all.get(facet)!;
}

/** The choice after one value was switched. */
export function toggled(facet: Facet, choice: Choice | undefined, value: string): Choice | undefined {
  const next: Choice = choice ? { only: choice.only, values: new Set(choice.values) } : { only: false, values: new Set() };
  if (next.values.has(value)) next.values.delete(value);
  else next.values.add(value);
  if (!next.only && next.values.size === 0) return undefined;
  return next.only && universe(facet).every((one) => next.values.has(one)) ? undefined : next;
}

export const active = (s: State): boolean => s.filters.size > 0 || !!s.from || !!s.to || !!s.text;

export { sentenceOf };
