// Statements in time: a strip with a brush under the graph, and a view that lists day by day.

import { articleOf, articleTitle, data } from "./data";
import { h, plural, svg } from "./dom";
import { day, line } from "./evidence";
import { daysOf, passing } from "./filter";
import { layerSwitch } from "./layer";
import { type State, update } from "./state";
import { inWords } from "./when";

const DAY = 86_400_000;
const number = (date: string): number => Math.round(Date.parse(`${date}T00:00:00Z`) / DAY);
const name = (n: number): string => new Date(n * DAY).toISOString().slice(0, 10);
const valid = (days: [string, string] | null): days is [string, string] => !!days && Number.isFinite(number(days[0]));

interface Scale { first: number; last: number; step: number }

/** The span of all statements, in steps so that at most some ninety bars stand side by side. */
function scaleOf(dates: State["dates"]): Scale | null {
  let [first, last] = [Infinity, -Infinity];
  for (const fact of data.facts) {
    const days = daysOf(fact, dates);
    if (!valid(days)) continue;
    first = Math.min(first, number(days[0]));
    last = Math.max(last, number(days[0]));
  }
  if (first > last) return null;
  const step = Math.max(1, Math.ceil((last - first + 1) / 90));
  return { first, last, step };
}

function bars(s: State, scale: Scale): number[] {
  const found = new Array<number>(Math.floor((scale.last - scale.first) / scale.step) + 1).fill(0);
  for (const n of passing(s, "time")) {
    const days = daysOf(data.facts[n], s.dates);
    if (!valid(days)) continue;
    const at = (date: string): number => Math.min(found.length - 1, Math.floor((number(date) - scale.first) / scale.step));
    const [first, last] = [at(days[0]), Math.max(at(days[0]), at(days[1]))];
    for (let bar = first; bar <= last; bar++) found[bar] += 1 / (last - first + 1); // a vague date is spread over its time
  }
  return found;
}

export function strip(into: HTMLElement, s: State, height = 44): void {
  const scale = scaleOf(s.dates);
  if (!scale || scale.first === scale.last) return into.replaceChildren(...(scale ? [dateInputs(s, scale)] : []));
  into.replaceChildren(h("div", { class: "stripbox" }, brush(s, scale, height), dateInputs(s, scale)));
}

function brush(s: State, scale: Scale, height: number): HTMLElement {
  const values = bars(s, scale);
  const most = Math.max(1, ...values);
  const width = values.length;
  const chosen = (n: number): boolean => {
    const [a, b] = [name(scale.first + n * scale.step), name(scale.first + (n + 1) * scale.step - 1)];
    return (!s.from || b >= s.from) && (!s.to || a <= s.to);
  };
  const picture = svg("svg", { class: "bars", viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true" },
    values.map((value, n) => svg("rect", { x: n + 0.1, width: 0.8, y: height - (value / most) * (height - 4), height: (value / most) * (height - 4), class: chosen(n) ? "in" : "out" })));
  const box = h("div", { class: "brush", title: "Drag to keep a time; double click to keep all" }, picture,
    h("span", { class: "least" }, day(name(scale.first))), h("span", { class: "most" }, day(name(scale.last))));
  drag(box, scale, width);
  return box;
}

function drag(box: HTMLElement, scale: Scale, width: number): void {
  const at = (event: PointerEvent): number => {
    const rect = box.getBoundingClientRect();
    return Math.min(width - 1, Math.max(0, Math.floor(((event.clientX - rect.left) / rect.width) * width)));
  };
  box.addEventListener("dblclick", () => update({ from: "", to: "" }));
  box.addEventListener("pointerdown", (event) => {
    const begin = at(event);
    const cover = h("div", { class: "cover" });
    box.append(cover);
    box.setPointerCapture(event.pointerId);
    const show = (end: number): void => {
      const [a, b] = [Math.min(begin, end), Math.max(begin, end)];
      cover.style.left = `${(a / width) * 100}%`;
      cover.style.width = `${((b - a + 1) / width) * 100}%`;
    };
    const move = (e: PointerEvent): void => show(at(e));
    show(begin);
    box.addEventListener("pointermove", move);
    box.addEventListener("pointerup", (e) => {
      box.removeEventListener("pointermove", move);
      const [a, b] = [begin, at(e)].sort((x, y) => x - y);
      update({ from: name(scale.first + a * scale.step), to: name(Math.min(scale.last, scale.first + (b + 1) * scale.step - 1)) });
    }, { once: true });
  });
}

function dateInputs(s: State, scale: Scale): HTMLElement {
  const input = (which: "from" | "to"): HTMLElement => h("label", {}, which === "from" ? "From " : "to ",
    h("input", { type: "date", id: `date-${which}`, "data-key": `date-${which}`, min: name(scale.first), max: name(scale.last), value: s[which], onchange: (e: Event) => update({ [which]: (e.target as HTMLInputElement).value }) }));
  const kind = h("select", { "aria-label": "Which date", "data-key": "dates", onchange: (e: Event) => update({ dates: (e.target as HTMLSelectElement).value as State["dates"], from: "", to: "" }) },
    h("option", { value: "published", selected: s.dates === "published" }, "published"), h("option", { value: "event", selected: s.dates === "event" }, "happened"));
  return h("div", { class: "dates" }, kind, input("from"), input("to"), s.from || s.to ? h("button", { type: "button", class: "textual", "data-key": "all-time", onclick: () => update({ from: "", to: "" }) }, "all time") : null);
}

/** A day, or the longer time that a vague date names; `facts` belong to it. */
interface Period { from: string; to: string; title: string; facts: number[] }

const titleOf = (n: number, dates: State["dates"], from: string): string => {
  const said = dates === "event" ? data.facts[n].tm?.v : undefined;
  return said ? inWords(said.replace(/T[\d:.Z+-]*$/, "")) : day(from);
};

export function timeline(into: HTMLElement, s: State): void {
  const periods = new Map<string, Period>();
  let undated = 0;
  for (const n of passing(s)) {
    const days = daysOf(data.facts[n], s.dates);
    if (!valid(days)) {
      undated++;
      continue;
    }
    const [from, to] = days;
    const title = titleOf(n, s.dates, from);
    const key = `${from} ${to} ${title}`;
    const period = periods.get(key) ?? periods.set(key, { from, to, title, facts: [] }).get(key)!;
    period.facts.push(n);
  }
  const order = [...periods.keys()].sort().map((key) => periods.get(key)!);
  const box = h("div");
  strip(box, s, 120);
  const list = order.slice(0, 400).map((one) => section(one, s.from === one.from && s.to === one.to));
  const unit = s.dates === "event" ? "date" : "day";
  into.replaceChildren(h("div", { class: "viewhead" }, layerSwitch(s)), box,
    h("p", { class: "quiet" }, `${plural(order.length, unit)} with statements${undated ? `; ${plural(undated, "statement")} without a date hidden` : ""}${order.length > 400 ? `; the first 400 ${unit}s shown` : ""}. Drag over the bars to keep a time; click a line for its sentence.`),
    ...list);
}

const LINES = 12;

function section({ from, to, title, facts }: Period, only: boolean): HTMLElement {
  const articles = new Set(facts.map((n) => articleOf(data.facts[n])));
  const list = h("ul", { class: "lines columns" });
  const more = h("button", { type: "button", class: "textual more", "data-key": `more-${title}`, onclick: () => show(facts.length) });
  const show = (most: number): void => {
    list.append(...facts.slice(list.childElementCount, most).map(line));
    more.hidden = list.childElementCount >= facts.length;
    more.textContent = `${facts.length - list.childElementCount} more of this ${from === to ? "day" : "time"}`;
  };
  show(only || facts.length <= LINES + 3 ? facts.length : LINES);
  const keep = only ? null : h("button", { type: "button", class: "textual", "data-key": `day-${title}`, onclick: () => update({ from, to }) }, `only this ${from === to ? "day" : "time"}`);
  return h("section", { class: "day" }, h("h2", {}, title), keep, h("p", { class: "quiet" }, `${plural(facts.length, "statement")} in ${articles.size === 1 ? `“${articleTitle([...articles][0])}”` : plural(articles.size, "article")}`), list, more);
}
