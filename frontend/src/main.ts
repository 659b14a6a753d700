// The page: its frame, and what is drawn anew when the state changes.

import { announce, h, plural } from "./dom";
import { data, edges, entityByKey, factsOf, families, keyOf, label, symmetric } from "./data";
import { panel } from "./evidence";
import { active, passing } from "./filter";
import { centreOn, currentSight, draw, edgeKey, fitAll, fitOpened, mount, paint, selectedId, zoom } from "./graph";
import { help } from "./help";
import { notDrawn } from "./hidden";
import { layerSwitch, segmented } from "./layer";
import { findEntities, searchBox } from "./search";
import { sidebar } from "./sidebar";
import { MANY, MOST, type Sight } from "./sight";
import { start, type State, state, subscribe, update, type View } from "./state";
import { familyColor, nextTheme, onTheme } from "./theme";
import { renderView, VIEW_TITLES } from "./views";
import { strip } from "./timeline";
import { takeAway } from "./export";

const get = (id: string): HTMLElement => document.getElementById(id)!;

function frame(): void {
  const about = data.about;
  const app = get("app");
  app.replaceChildren(
    h("a", { class: "skip", href: "#view", onclick: (event: Event) => (event.preventDefault(), get("view").focus()) }, "Skip to the view"),
    h("header", { class: "top" },
      h("div", { class: "brand" }, h("h1", {}, about.title), h("p", {}, summary())),
      searchBox(),
      h("div", { class: "tools" },
        h("button", { type: "button", id: "filters-button", "aria-expanded": "false", "aria-controls": "filters", onclick: () => drawer() }, "Filters"),
        takeAway(),
        h("button", { type: "button", id: "theme", title: "Light or dark", onclick: nextTheme }, "Light / dark"),
        h("button", { type: "button", id: "help", title: "What one can do here, and the keys (?)", onclick: () => help(() => askPath(null)) }, "Help")),
      h("nav", { "aria-label": "Views" }, h("div", { class: "tabs", role: "tablist" }, tabs()))),
    h("div", { class: "work" },
      h("aside", { id: "filters", "aria-label": "Filters and legend" }),
      h("main", { id: "view", tabindex: -1 },
        h("div", { id: "graph-view" },
          h("div", { id: "graph-bar", class: "bar" }),
          h("p", { id: "note", class: "note" }),
          h("div", { id: "canvas", tabindex: 0, role: "application", "aria-label": "Graph. Arrow keys go from node to node, e along a node’s edges, Enter opens the evidence, plus and minus zoom, 0 shows all. The Table view holds the same." }),
          h("div", { class: "zoom", role: "group", "aria-label": "Zoom" },
            h("button", { type: "button", "aria-label": "Zoom in", onclick: () => zoom(1.3) }, "+"),
            h("button", { type: "button", "aria-label": "Zoom out", onclick: () => zoom(1 / 1.3) }, "−"),
            h("button", { type: "button", id: "fit", "aria-label": "Show all", onclick: () => fitAll() }, "⤢")),
          h("div", { id: "strip" })),
        h("div", { id: "other", hidden: true })),
      h("aside", { id: "panel", "aria-label": "Evidence", hidden: true })),
    h("footer", { class: "colophon" }, citation()),
    h("div", { id: "live", class: "sr", "aria-live": "polite" }),
  );
}

const summary = (): string => `${plural(data.articles.length, "article")} · ${plural(data.entities.length, "entity", "entities")} · ${plural(data.facts.length, "statement")}`;

export function citation(): string {
  const days = data.articles.map((article) => article.d).filter(Boolean).sort() as string[];
  const span = days.length ? `, ${days[0]} to ${days[days.length - 1]}` : "";
  return `${data.about.title}: ${plural(data.facts.length, "statement")} from ${plural(data.articles.length, "article")}${span}. Built with newskg ${data.about.version}`.trim() + ".";
}

const VIEW_LIST = Object.keys(VIEW_TITLES) as View[];
const shownViews = (): View[] => VIEW_LIST.filter((view) => view !== "ask" || data.about.triples > 0);

/** Here the panel lies over half of each view, so that it goes with the view it was opened in. */
const narrow = matchMedia("(max-width: 640px)");

function tabs(): HTMLElement[] {
  return shownViews().map((view) => h("button", { type: "button", role: "tab", id: `tab-${view}`, "aria-controls": "view", onclick: () => update(narrow.matches ? { view, selected: "" } : { view }), onkeydown: tabKey }, VIEW_TITLES[view]));
}

function tabKey(event: Event): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[(event as KeyboardEvent).key];
  if (!step) return;
  const views = shownViews();
  const next = views[(views.indexOf(state.view) + step + views.length) % views.length];
  update({ view: next });
  get(`tab-${next}`).focus();
}

function drawer(open = !document.body.classList.contains("filters-open")): void {
  document.body.classList.toggle("filters-open", open);
  get("filters-button").setAttribute("aria-expanded", String(open));
}

// ---- what follows the state ---------------------------------------------------------------------------------------------

const GRAPH_KEYS = ["layer", "scope", "open", "around", "depth", "path", "set", "text", "from", "to", "dates", "filters"] as const;
const WHOLE_KEYS = ["scope", "around", "depth", "path", "set"] as const;
let drawn = false;

function follow(s: State, before: State): void {
  const graphChanged = GRAPH_KEYS.some((key) => s[key] !== before[key]);
  const first = !drawn;
  for (const view of shownViews()) {
    get(`tab-${view}`).setAttribute("aria-selected", String(view === s.view));
    get(`tab-${view}`).tabIndex = view === s.view ? 0 : -1;
  }
  const chosenOnly = !graphChanged && !first && s.selected !== before.selected;
  if (!chosenOnly) keepFocus(get("filters"), () => get("filters").replaceChildren(...sidebar(s), clearAll(s)));
  showPanel(s, s.selected !== before.selected || first);
  get("graph-view").hidden = s.view !== "graph";
  get("other").hidden = s.view === "graph";
  if (s.view !== "graph") get("strip").replaceChildren(); // the timeline has its own
  if (s.view === "graph") showGraph(s, before, graphChanged || !drawn || before.view !== "graph");
  else if (graphChanged || first || s.view !== before.view || s.table !== before.table || s.selected !== before.selected) {
    keepFocus(get("other"), () => renderView(s.view, get("other"), s, s.view !== before.view || first), s.view === before.view && s.table === before.table);
  }
  document.title = `${data.about.title}${s.view === "graph" ? "" : ` · ${VIEW_TITLES[s.view]}`}`;
}

/** Redrawing must not take the keyboard's place away: the control with the same key gets it back. What is `same` stays scrolled, what is new begins at its top. */
function keepFocus(area: HTMLElement, redraw: () => void, same = true): void {
  const focused = area.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset.key : undefined;
  const top = same ? area.scrollTop : 0;
  redraw();
  area.scrollTop = top;
  if (focused) area.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function showGraph(s: State, before: State, changed: boolean): void {
  if (changed) {
    const shown = currentSight().nodes.length;
    const fit = !drawn || WHOLE_KEYS.some((key) => s[key] !== before[key]) || before.view !== "graph";
    const now = draw(s, fit);
    // A few of many stand far apart or small in a corner: they get the whole drawing, and so does the whole after them.
    if (!fit && (now.nodes.length < shown * 0.7 || now.nodes.length > shown * 1.4)) fitAll();
    const opened = s.open.filter((one) => !drawn || !before.open.includes(one));
    if (now.communities && opened.length) fitOpened(opened);
    drawn = true;
    bar(s, now);
    note(s, now);
    keepFocus(get("strip"), () => strip(get("strip"), s));
  } else {
    paint();
  }
  if (s.selected !== before.selected) {
    const id = selectedId(s);
    if (s.path) fitAll(); // a step of the way keeps the whole way in sight
    else if (id) centreOn(id);
  }
}

function note(s: State, now: Sight): void {
  const text = now.problem ?? now.note;
  const tip = now.problem || now.communities || now.way ? "" : h("span", { class: "tip" }, " Click a line for the sentences behind it.");
  const hints = (now.hints ?? []).map((hint, n) => [n ? " · " : " ", h("button", { type: "button", class: "textual", "data-key": `hint-${n}`, onclick: () => update(hint.change) }, hint.text)]);
  keepFocus(get("note"), () => get("note").replaceChildren(h("strong", {}, text), ...(now.way ? [way(s, now.way)] : []), tip, ...hints.flat(), ...(now.problem ? [] : notDrawn(s))));
  get("note").classList.toggle("problem", !!now.problem);
  announce(text);
}

/** One way in words: each entity, each relation a button to its evidence. */
function way(s: State, list: number[]): HTMLElement {
  let at = entityByKey(s.path![0])!;
  const parts = list.map((number) => {
    const edge = edges[number];
    const onward = edge.from === at;
    at = onward ? edge.to : edge.from;
    const says = `${edge.manner === "denied" ? "not: " : ""}${label(edge.label)}`;
    return [" ", h("button", { type: "button", class: "textual", "data-key": `way-${number}`, onclick: () => update({ selected: `e:${edgeKey(number)}` }) }, h("i", {}, symmetric.has(edge.label) ? `${says} ↔` : onward ? `${says} →` : `← ${says}`)), ` ${data.entities[at].l}`];
  });
  return h("span", { class: "way" }, data.entities[entityByKey(s.path![0])!].l, parts);
}

function clearAll(s: State): HTMLElement | string {
  if (!active(s)) return "";
  const shown = passing(s).length;
  return h("p", { class: "clear" }, `${plural(shown, "statement")} of ${data.facts.length} pass. `, h("button", { type: "button", "data-key": "clear", onclick: () => update({ filters: new Map(), from: "", to: "", text: "", layer: "asserted" }) }, "Clear all filters"));
}

function showPanel(s: State, changed: boolean): void {
  const aside = get("panel");
  const content = panel(s);
  const was = aside.hidden;
  if (!was && !content) aside.scrollTop = 0; // Chromium gives it back when the panel opens again
  aside.hidden = !content;
  document.body.classList.toggle("panel-open", !!content);
  if (!content) return void aside.replaceChildren();
  const top = changed ? 0 : aside.scrollTop; // reading and setting it lays the page out: not at a first opening
  aside.replaceChildren(h("button", { type: "button", class: "close", "aria-label": "Close the evidence", onclick: () => update({ selected: "" }) }, "×"), content);
  if (!was) aside.scrollTop = top;
  if (!changed) return;
  announce(content.querySelector("h2")?.textContent ?? "");
  if (was && document.activeElement === document.body) aside.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
}

// ---- the bar above the graph ---------------------------------------------------------------------------------------------

function bar(s: State, now: Sight): void {
  keepFocus(get("graph-bar"), () => get("graph-bar").replaceChildren(layerSwitch(s), ...scopeSwitch(s, now), ...focusChips(s), pathTool()));
}

function scopeSwitch(s: State, now: Sight): HTMLElement[] {
  if (now.all <= MANY || s.path || s.around !== null || s.set.length) return [];
  const choices: [State["scope"], string][] = [["auto", "Communities"], ["top", "150 best connected"], ["all", now.all > MOST ? `${MOST.toLocaleString("en")} best connected` : "All"]];
  const close = s.scope === "auto" && s.open.length ? [h("button", { type: "button", "data-key": "close-all", onclick: () => update({ open: [] }) }, "Close all")] : [];
  return [segmented("Scope", s.scope, choices, (scope) => update({ scope })), ...close];
}

function focusChips(s: State): HTMLElement[] {
  const nameOf = (key: string): string => { const entity = entityByKey(key); return entity === undefined ? "?" : data.entities[entity].l; };
  const back = (change: Partial<State>): HTMLElement => h("button", { type: "button", class: "chip-close", "aria-label": "Back to the whole graph", "data-key": "whole", onclick: () => update(change) }, "× whole graph");
  if (s.path) return [h("span", { class: "chip" }, `${nameOf(s.path[0])} … ${nameOf(s.path[1])}`, back({ path: null }))];
  if (s.around !== null) {
    const slider = h("input", { type: "range", min: 1, max: 4, step: 1, value: s.depth, id: "depth", "data-key": "depth", "aria-label": "How many steps around", oninput: (event: Event) => update({ depth: Number((event.target as HTMLInputElement).value) }, true) });
    return [h("span", { class: "chip" }, `Around ${nameOf(s.around)}`, h("label", {}, `${plural(s.depth, "step")} `, slider), back({ around: null, depth: 1 }))];
  }
  return s.set.length ? [h("span", { class: "chip" }, `${plural(s.set.length, "chosen entity", "chosen entities")}`, back({ set: [] }))] : [];
}

let pathStart: string | null = null;

function pathTool(): HTMLElement {
  return h("button", { type: "button", id: "path-button", "data-key": "path", onclick: () => askPath(null) }, "Path", h("span", { class: "wide" }, " between two"), " …");
}

document.addEventListener("path-from", (event) => askPath((event as CustomEvent<string>).detail));

function askPath(from: string | null): void {
  pathStart = from;
  const pick = (name: string, key: string | null): { label: HTMLElement; input: HTMLInputElement; list: HTMLElement } => {
    const list = h("datalist", { id: `${name}-list` });
    const entity = key === null ? undefined : entityByKey(key);
    const input = h("input", { type: "text", id: name, list: list.id, autocomplete: "off", value: entity === undefined ? "" : data.entities[entity].l, required: true });
    input.addEventListener("input", () => list.replaceChildren(...findEntities(input.value, 8, true).map((one) => h("option", { value: data.entities[one].l }))));
    return { label: h("label", {}, name === "path-a" ? "From" : "To", input, list), input, list };
  };
  const a = pick("path-a", from);
  const b = pick("path-b", null);
  const problem = h("p", { class: "problem", role: "alert" });
  const form = h("form", { method: "dialog" }, h("h2", {}, "How are two entities connected?"), a.label, b.label, problem,
    h("p", { class: "actions" }, h("button", { type: "submit", id: "path-go" }, "Show the path"), h("button", { type: "button", onclick: () => dialog.close() }, "Cancel")));
  const dialog = h("dialog", { class: "small" }, form);
  form.addEventListener("submit", (event) => {
    const [one] = findEntities(a.input.value, 1, true);
    const [two] = findEntities(b.input.value, 1, true);
    if (one === undefined || two === undefined) {
      event.preventDefault();
      problem.textContent = `No entity called ${one === undefined ? a.input.value : b.input.value}.`;
      return;
    }
    update({ view: "graph", path: [keyOf(one), keyOf(two)], around: null, set: [], selected: "" });
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  (pathStart === null ? a : b).input.focus();
}

function keys(event: KeyboardEvent): void {
  const typing = (event.target as HTMLElement).closest("input, textarea, select, [contenteditable], .cm-editor, dialog");
  if (event.ctrlKey || event.metaKey || event.altKey || typing) return;
  if (event.key === "/") get("search").focus();
  else if (event.key === "?") help(() => askPath(null));
  else if (event.key === "Escape" && document.body.classList.contains("filters-open")) drawer(false);
  else if (event.key === "Escape") update({ selected: "" });
  else if (/^[1-9]$/.test(event.key) && shownViews()[Number(event.key) - 1]) update({ view: shownViews()[Number(event.key) - 1] });
  else return;
  event.preventDefault();
}

function colours(): void {
  for (const family of families) document.documentElement.style.setProperty(`--${family.name}`, familyColor(family.name));
}

frame();
colours();
mount(get("canvas"));
onTheme(() => {
  colours();
  paint();
});
subscribe(follow);
addEventListener("keydown", keys);
start();
document.documentElement.dataset.ready = "true";
// What the first click and the first search need, made while nobody waits.
setTimeout(() => {
  factsOf(0);
  findEntities("-", 1);
}, 400);
