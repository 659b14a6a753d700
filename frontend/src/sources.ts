export function sources(): void {}
