// The store behind Ask: oxigraph in a worker, so that a long query never holds up the page and can be ended with it.

import init, { Store } from "oxigraph/web.js";

const CAP = 5000;
let store: InstanceType<typeof Store>;

interface Cell { kind: string; value: string }
type Asked = { kind: "load"; wasm: ArrayBuffer; triples: string } | { kind: "ask"; query: string };

self.onmessage = async ({ data: asked }: MessageEvent<Asked>): Promise<void> => {
  try {
    if (asked.kind === "load") await load(asked.wasm, asked.triples);
    else self.postMessage(answer(asked.query));
  } catch (error) {
    self.postMessage({ kind: "error", text: String((error as Error)?.message ?? error) });
  }
};

async function load(wasm: ArrayBuffer, triples: string): Promise<void> {
  await init({ module_or_path: wasm });
  store = new Store();
  store.load(triples, { format: "application/n-triples", no_transaction: true } as never);
  self.postMessage({ kind: "ready", size: store.size });
}

function answer(query: string): unknown {
  const began = performance.now();
  const found = store.query(query, { results_format: undefined } as never) as unknown;
  const time = (): number => performance.now() - began;
  if (typeof found === "boolean") return { kind: "rows", columns: ["answer"], rows: [[{ kind: "literal", value: String(found) }]], all: 1, time: time() };
  const list = [...(found as Iterable<unknown>)];
  if (list.length && !(list[0] instanceof Map)) {
    const rows = (list as Record<"subject" | "predicate" | "object", unknown>[]).slice(0, CAP).map((q) => [cell(q.subject), cell(q.predicate), cell(q.object)]);
    return { kind: "rows", columns: ["subject", "predicate", "object"], rows, all: list.length, time: time() };
  }
  const maps = list as Map<string, unknown>[];
  const columns = names(query, maps);
  return { kind: "rows", columns, rows: maps.slice(0, CAP).map((row) => columns.map((name) => (row.has(name) ? cell(row.get(name)) : null))), all: maps.length, time: time() };
}

/** The columns in the order of SELECT; a variable that no row binds is not known to the rows. */
function names(query: string, rows: Map<string, unknown>[]): string[] {
  const bound = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const head = /select\s+(?:distinct\s+|reduced\s+)?([\s\S]*?)(?:where\s*)?\{/i.exec(query.replace(/#[^\n<>]*$/gm, ""))?.[1] ?? "";
  const outer = head.replace(/\((?:[^()]|\([^()]*\))*\bas\s+(\?\w+)\s*\)/gi, "$1");
  const order = [...outer.matchAll(/\?(\w+)/g)].map((match) => match[1]);
  const first = order.filter((name, n) => order.indexOf(name) === n && (bound.includes(name) || !rows.length));
  return [...first, ...bound.filter((name) => !first.includes(name))];
}

function cell(term: unknown): Cell {
  const { termType, value } = term as { termType: string; value: string };
  return { kind: termType === "NamedNode" ? "iri" : termType === "Literal" ? "literal" : "other", value: value ?? String(term) };
}
