/** Filled by the diff. */
export type Change = { readonly kind: "file-removed" };
export type ChangeKind = Change["kind"];
