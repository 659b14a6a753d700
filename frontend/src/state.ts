// What the page shows, all of it in the address after the #, so that the back button and a sent link work.

export const VIEWS = ["graph", "timeline", "figures", "sources", "quotes", "table", "ask"] as const;
export type View = (typeof VIEWS)[number];
export const FACETS = ["type", "relation", "publisher", "source", "certainty", "voice"] as const;
export type Facet = (typeof FACETS)[number];

/** `only`: nothing but these; otherwise: all but these. */
export interface Choice { only: boolean; values: Set<string> }

export interface State {
  view: View;
  layer: "asserted" | "all";
  scope: "auto" | "top" | "all";
  open: number[]; // communities opened in the overview
  around: string | null; // key of an entity
  depth: number;
  path: [string, string] | null;
  set: string[]; // keys of entities: nothing but these and what joins them
  selected: string; // "n:<key>", "e:<key>|<relation>|<key>", "r:<relation>", "f:<statement>", "s:<source label>", "a:<article>", ""
  text: string; // words that sentences must hold
  from: string;
  to: string;
  dates: "published" | "event";
  table: "statements" | "connections" | "entities" | "unconnected";
  filters: Map<Facet, Choice>;
}

export const initial = (): State => ({
  view: "graph", layer: "asserted", scope: "auto", open: [], around: null, depth: 1, path: null, set: [], selected: "", text: "",
  from: "", to: "", dates: "published", table: "statements", filters: new Map(),
});

export let state: State = initial();
type Listener = (state: State, before: State) => void;
const listeners: Listener[] = [];
export const subscribe = (listener: Listener): void => void listeners.push(listener);

/** Change the state; `quiet` replaces the address instead of adding to the history (dragging). */
export function update(change: Partial<State>, quiet = false): void {
  const next = { ...state, ...change };
  const address = write(next);
  if (quiet) history.replaceState(null, "", address);
  else if (address !== (location.hash || "#")) history.pushState(null, "", address);
  become(next);
}

function become(next: State): void {
  const before = state;
  state = next;
  for (const listener of listeners) listener(state, before);
}

export function start(): void {
  const reread = (): void => {
    if (write(state) !== (location.hash || "#")) become(parse(location.hash));
  };
  addEventListener("popstate", reread);
  addEventListener("hashchange", reread);
  become(parse(location.hash));
}

const LIST = "~"; // joins values; each is percent-encoded, so it cannot occur in one
const pack = (values: Iterable<string>): string => [...values].map((v) => encodeURIComponent(v).replaceAll("~", "%7E")).join(LIST);
const unpack = (text: string): string[] => text.split(LIST).filter(Boolean).map(decode);

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function write(s: State): string {
  const parts: string[] = [];
  const put = (name: string, value: string | false): void => void (value && parts.push(`${name}=${value}`));
  put("view", s.view !== "graph" && s.view);
  put("layer", s.layer !== "asserted" && s.layer);
  put("scope", s.scope !== "auto" && s.scope);
  put("open", s.open.join("."));
  put("around", s.around !== null && pack([s.around]));
  put("depth", s.around !== null && s.depth !== 1 && String(s.depth));
  put("path", s.path !== null && pack(s.path));
  put("set", pack(s.set));
  put("sel", pack([s.selected]));
  put("text", pack([s.text]));
  put("from", s.from);
  put("to", s.to);
  put("dates", s.dates !== "published" && s.dates);
  put("table", s.table !== "statements" && s.table);
  for (const facet of FACETS) {
    const choice = s.filters.get(facet);
    if (choice) put(facet, (choice.only ? "+" : "-") + pack(choice.values));
  }
  return `#${parts.join("&")}`;
}

export function parse(hash: string): State {
  const s = initial();
  const given = new Map(hash.replace(/^#/, "").split("&").map((part): [string, string] => {
    const at = part.indexOf("=");
    return at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)];
  }));
  const one = (name: string): string => unpack(given.get(name) ?? "")[0] ?? "";
  const among = <T extends string>(name: string, values: readonly T[], otherwise: T): T => values.find((v) => v === given.get(name)) ?? otherwise;
  s.view = among("view", VIEWS, "graph");
  s.layer = among("layer", ["asserted", "all"], "asserted");
  s.scope = among("scope", ["auto", "top", "all"], "auto");
  s.dates = among("dates", ["published", "event"], "published");
  s.table = among("table", ["statements", "connections", "entities", "unconnected"], "statements");
  s.open = (given.get("open") ?? "").split(".").filter(Boolean).map(Number).filter(Number.isInteger);
  s.around = one("around") || null;
  s.depth = Math.min(5, Math.max(1, Number(given.get("depth")) || 1));
  const path = unpack(given.get("path") ?? "");
  s.path = path.length === 2 ? [path[0], path[1]] : null;
  s.set = unpack(given.get("set") ?? "");
  s.selected = one("sel");
  s.text = one("text");
  s.from = date(one("from"));
  s.to = date(one("to"));
  for (const facet of FACETS) {
    const value = given.get(facet);
    if (value && value.length > 0) s.filters.set(facet, { only: value[0] === "+", values: new Set(unpack(value.slice(1))) });
  }
  return s;
}

const date = (text: string): string => (/^\d{4}-\d\d-\d\d$/.test(text) ? text : "");
