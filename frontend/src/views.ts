// The views beside the graph.

import type { State, View } from "./state";
import { timeline } from "./timeline";
import { figures } from "./figures";
import { sources } from "./sources";
import { quotes } from "./quotes";
import { tables } from "./tables";
import { ask } from "./ask";

export const VIEW_TITLES: Record<View, string> = { graph: "Graph", timeline: "Timeline", figures: "Figures", sources: "Sources", quotes: "Quotes", table: "Table", ask: "Ask" };

const RENDER: Record<Exclude<View, "graph">, (into: HTMLElement, s: State, first: boolean) => void> = { timeline, figures, sources, quotes, table: tables, ask };

export function renderView(view: View, into: HTMLElement, s: State, first: boolean): void {
  if (view === "graph") return;
  into.className = `view-${view}`;
  RENDER[view](into, s, first);
}
