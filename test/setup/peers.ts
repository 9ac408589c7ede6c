import { inject } from "vitest";
import type { Command } from "./conformance-runner.js";

declare module "vitest" {
  interface ProvidedContext {
    conformanceRunner: Command | undefined;
    consulAddress: string | undefined;
    protocPath: string | undefined;
  }
}

/** `host:port` of a real Consul that lives as long as the run; `undefined` where none could be had. */
export const consulAddress: string | undefined = inject("consulAddress");

/** A protoc 3.21 that can be spawned; `undefined` where none could be had. */
export const protocPath: string | undefined = inject("protocPath");

/** What starts the official conformance runner; `undefined` where it could not be had. */
export const conformanceRunner: Command | undefined = inject("conformanceRunner");
