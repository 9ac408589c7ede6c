import type { Finding, Sources } from "../../../src/gate/index.js";

/** A finding as the gate gives it, but for what is said of it. */
export function makeFinding(said: Partial<Finding> = {}): Finding {
  return {
    id: "0123456789ab",
    rule: "FIELD_NO_DELETE",
    severity: "error",
    message: 'field 2 "note" left message shop.v1.Order while STABLE',
    symbol: "shop.v1.Order.note",
    lifecycle: "STABLE",
    at: place(1, 1, 2, 2),
    before: undefined,
    breaks: [],
    suggestion: [],
    way: { fixes: [] },
    ...said,
  };
}

export function place(startLine: number, startColumn: number, endLine: number, endColumn: number) {
  return { path: "shop/order.proto", startLine, startColumn, endLine, endColumn };
}

/** The same file for every finding. */
export function sourcesOf(after: readonly string[], before?: readonly string[]): Sources {
  return { after: () => after, before: () => before };
}
