/** How every process reads its environment: each variable is said to be missing or wrong by its name, never its value. */
export * from './config-invalid.ts';
export * from './metrics-place.ts';
export * from './variables.ts';
