export function tables(): void {}
