import type { Actor } from "../../src/registry/index.js";

let count = 0;

/** Somebody who does something now, which nobody did before. */
export function actor(by = "jo"): Actor {
  count += 1;
  return { by, at: `2026-11-23T10:00:00.${String(count % 1000).padStart(3, "0")}Z`, id: `action-${count}` };
}
