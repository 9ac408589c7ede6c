import { Proto4Error } from "../../diagnostics/index.js";
import { livePrefix, seenPrefix } from "./layout.js";

export function liveKey({ environment, service, instance }: Place): string {
  return `${livePrefix}${environment}/${service}/${instance}`;
}

export function seenKey({ environment, service }: Omit<Place, "instance">, fingerprint: string): string {
  return `${seenPrefix}${environment}/${service}/${fingerprint.slice(0, 16)}`;
}

/** Tells since when observation has been whole: gone with what it stands before, made anew by the next report. */
export function sinceKey(prefix: typeof livePrefix | typeof seenPrefix, environment: string): string {
  // No service begins so.
  return `${prefix}${environment}/@since`;
}

/** Where an instance stands. */
export interface Place {
  readonly environment: string;
  readonly service: string;
  readonly instance: string;
}

/**
 * Checks a name that becomes a part of a key.
 * @throws Proto4Error "usage"
 */
export function checkName(what: "environment" | "service" | "instance", name: string): void {
  if (typeof name === "string" && pattern.test(name)) return;
  const shown = String(name).slice(0, 80);
  throw new Proto4Error(
    "usage",
    `"${shown}" cannot name ${what === "service" ? "a" : "an"} ${what}: 1 to 64 of A-Z a-z 0-9 . _ -, a letter or digit first`,
  );
}

const pattern = /^[A-Za-z0-9][\w.-]{0,63}$/;
