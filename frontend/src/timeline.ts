export function timeline(): void {} export function strip(..._: unknown[]): void {}
