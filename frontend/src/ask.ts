export function ask(): void {}
