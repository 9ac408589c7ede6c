/** Whether other files may name a message or enum. Where it is nested makes no difference to a keyword. */
export type Visibility = "export" | "local";

/** `features.default_symbol_visibility`: what stands without a keyword. Only files have this feature. */
export type DefaultVisibility = "EXPORT_ALL" | "EXPORT_TOP_LEVEL" | "LOCAL_ALL" | "STRICT";
