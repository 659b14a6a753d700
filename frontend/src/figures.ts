export function figures(): void {}
