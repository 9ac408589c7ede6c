/** What the least finding that fails may be. */
export const bars = ["error", "warning", "info", "never"] as const;

export type Bar = (typeof bars)[number];
