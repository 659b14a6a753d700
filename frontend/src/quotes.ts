export function quotes(): void {}
