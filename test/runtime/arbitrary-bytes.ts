// Proofs for users generate messages as these tests do.
export * from "../../src/mapping/prove/arbitrary-bytes.js";
