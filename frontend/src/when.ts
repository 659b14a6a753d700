// Dates of EDTF in words: “2024-24” is winter 2024, “2024-06/..” since June 2024. What is no EDTF stays as it is.

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const SEASONS = ["spring", "summer", "autumn", "winter"];
const PARTS: [first: number, last: number, name: (n: number) => string][] = [
  [1, 12, (n) => MONTHS[n - 1]], [21, 32, (n) => SEASONS[(n - 21) % 4]], [33, 36, (n) => `${ORDER[n - 33]} quarter of`], [37, 39, (n) => `${ORDER[n - 37]} third of`], [40, 41, (n) => `${ORDER[n - 40]} half of`],
];
const ORDER = ["first", "second", "third", "last"];
const DOUBTS: Record<string, string> = { "~": "about ", "?": "perhaps ", "%": "perhaps about " };

export function inWords(edtf: string): string {
  const [from, to] = edtf.split("/");
  if (to === undefined) return single(edtf);
  if (to === ".." || to === "") return `since ${single(from)}`;
  return from === ".." || from === "" ? `until ${single(to)}` : `${single(from)} to ${single(to)}`;
}

function single(edtf: string): string {
  const found = /^(-?\d{2,4}X{0,2})(?:-(\d\d|XX))?(?:-(\d\d|XX))?(?:T(\d\d:\d\d)[\d:.Z+-]*)?([~?%]?)$/.exec(edtf);
  if (!found) return edtf;
  const [, year, part, dayOfMonth, time, doubt] = found;
  const named = PARTS.find(([first, last]) => Number(part) >= first && Number(part) <= last);
  const date = [dayOfMonth && dayOfMonth !== "XX" ? String(Number(dayOfMonth)) : "", named ? named[2](Number(part)) : "", year.replace(/X$/, "0s").replace("X0s", "00s")];
  return `${DOUBTS[doubt] ?? ""}${date.filter(Boolean).join(" ")}${time && time !== "00:00" ? `, ${time}` : ""}`;
}
