// The switch between what is stated or reported as fact and everything that is said, in each view where it makes a difference.

import { h } from "./dom";
import { type State, update } from "./state";

export function segmented<T extends string>(name: string, value: T, choices: [T, string][], pick: (value: T) => void): HTMLElement {
  return h("div", { class: "segmented", role: "radiogroup", "aria-label": name }, choices.map(([one, text]) =>
    h("button", { type: "button", role: "radio", "aria-checked": String(one === value), "data-key": `${name}-${one}`, onclick: () => pick(one) }, text)));
}

export const layerSwitch = (s: State): HTMLElement =>
  segmented("Layer", s.layer, [["asserted", "Stated or reported as fact"], ["all", "Everything said"]], (layer) => update({ layer }));
