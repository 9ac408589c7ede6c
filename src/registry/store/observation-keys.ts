import { Proto4Error } from "../../diagnostics/index.js";

/** What runs where, under leases: `<environment>/<service>/<instance>` below it. */
export const livePrefix = "proto4/v1/live/";

/** What was seen running, for good: `<environment>/<service>/<16 digits of the fingerprint>` below it. */
export const seenPrefix = "proto4/v1/seen/";

/** What people have said of an environment. */
export const environmentsPrefix = "proto4/v1/env/";

export function liveKey({ environment, service, instance }: Place): string {
  return `${livePrefix}${environment}/${service}/${instance}`;
}

export function seenKey({ environment, service }: Omit<Place, "instance">, fingerprint: string): string {
  return `${seenPrefix}${environment}/${service}/${fingerprint.slice(0, 16)}`;
}

export function environmentKey(environment: string): string {
  return `${environmentsPrefix}${environment}`;
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
