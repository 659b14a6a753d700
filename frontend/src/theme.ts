// Colours that the canvas needs, taken from the style sheet, and those of the families in either theme.

import { families, type Manner } from "./data";

const DARK: Record<string, string> = {
  person: "#5AAEE8", group: "#8FD0F5", organization: "#F0B840", country: "#35C496", place: "#B3CC3F", thing: "#E3A0C4", event: "#F2864A", role: "#A8A298", other: "#98938A",
};

export type Theme = "light" | "dark" | "system";
const dark = matchMedia("(prefers-color-scheme: dark)");
let chosen: Theme = "system";

export const isDark = (): boolean => (chosen === "system" ? dark.matches : chosen === "dark") && !matchMedia("print").matches;

export const familyColor = (name: string): string => (isDark() ? DARK[name] : undefined) ?? families.find((f) => f.name === name)?.color ?? "#888888";

export interface Inks { paper: string; ink: string; soft: string; line: string; accent: string; denied: string; hedged: string }

export function inks(): Inks {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return { paper: of("paper"), ink: of("ink"), soft: of("soft"), line: of("edge"), accent: of("accent"), denied: of("denied"), hedged: of("edge") };
}

export const MANNERS: Record<Manner, string> = {
  asserted: "stated or reported as fact",
  claimed: "claimed or alleged",
  hedged: "hedged or planned",
  denied: "denied",
};
export const DASHES: Record<Manner, number[] | false> = { asserted: false, claimed: [1.5, 4], hedged: [7, 5], denied: false };

const changed: (() => void)[] = [];
export const onTheme = (listener: () => void): void => void changed.push(listener);

export function setTheme(theme: Theme): void {
  chosen = theme;
  if (theme === "system") document.documentElement.removeAttribute("data-theme");
  else document.documentElement.dataset.theme = theme;
  changed.forEach((listener) => listener());
}

export const nextTheme = (): void => setTheme(isDark() ? "light" : "dark");
dark.addEventListener("change", () => changed.forEach((listener) => listener()));
