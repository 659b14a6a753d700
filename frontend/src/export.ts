import {h} from "./dom"; export const takeAway = (): HTMLElement => h("span");
