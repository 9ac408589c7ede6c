// Proofs for users compare messages as these tests do.
export * from "../../src/mapping/prove/canonical-form.js";
