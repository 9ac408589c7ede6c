import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { noCache } from "../../../src/registry/blob-cache.js";
import { canIRemove } from "../../../src/registry/drift/can-i-remove.js";
import { loadContracts } from "../../../src/registry/drift/contracts.js";
import { setEnvironment } from "../../../src/registry/drift/environment.js";
import { loadObserved } from "../../../src/registry/drift/observed.js";
import { join } from "../../../src/registry/join.js";
import type { Store } from "../../../src/registry/store/index.js";
import { fingerprint } from "../../../src/schema/index.js";
import { actor } from "../actor.js";
import { type Compiled, compile, push } from "../contracts.js";
import { openTestStore } from "../stores.js";

const file = `syntax = "proto3";
package acme.v1;
enum Color { COLOR_UNSPECIFIED = 0; RED = 1; }
enum Size { SIZE_UNSPECIFIED = 0; }
message Tag { message Note {} string text = 1; }
message User {
  Color color = 1;
  map<string, Size> sizes = 2;
  Tag.Note note = 3;
  oneof contact { string fax = 4; string mail = 5; }
}
message Empty {}
service Users { rpc Get(Empty) returns (User); }
`;
let compiled: Compiled;
beforeAll(async () => {
  compiled = await compile({ "acme/v1/user.proto": file });
});

const start = Date.parse("2026-11-22T10:00:00Z");
const day = 86_400_000;

/** Asks of a service that has counted all its uses for longer than the window, of which this one is new. */
async function remove(element: string, used: string) {
  const address = `memory:${randomUUID()}`;
  let now = start;
  const store: Store = await openTestStore(address, () => now);
  await push(store, compiled);
  await setEnvironment(store, { environment: "test", complete: { reason: "all join" }, ...actor() });
  const contract = { package: "acme.v1", fingerprint: fingerprint(compiled.image, "acme.v1") };
  const request = { store: address, environment: "test", service: "api", instance: "one", contract };
  const run = () => join({ ...request, counts: ["acme.v1"] }, { now: () => now, random: Math.random });
  await (await run()).leave();
  now += 40 * day;
  const joined = await run();
  joined.used(used);
  await joined.leave();
  const contracts = await loadContracts({ store, cache: noCache }, { category: "WIRE", today: "2027-01-01" });
  return (await canIRemove(element, await loadObserved(store, "test"), contracts, now)).answer;
}

test.each([
  ["acme.v1.Color", "acme.v1.User.color", "the type of a field"],
  ["acme.v1.Color", "acme.v1.RED", "the enum of a value"],
  ["acme.v1.Size", "acme.v1.User.sizes", "the type of a map's values"],
  ["acme.v1.Tag", "acme.v1.User.note", "what the type of a field is declared in"],
  ["acme.v1.User.contact", "acme.v1.User.fax", "the oneof of a field"],
  ["acme.v1.Empty", "acme.v1.Users.Get", "the type of a method"],
])("%s is spoken where %s was used: it is %s", async (element, used) => {
  expect(await remove(element, used)).toBe("unknown");
});

test.each([
  ["acme.v1.User.mail", "acme.v1.User.fax"],
  ["acme.v1.Tag.text", "acme.v1.User.note"],
  ["acme.v1.RED", "acme.v1.User.color"],
])("%s is not spoken for the use of %s, which is told by itself", async (element, used) => {
  expect(await remove(element, used)).toBe("yes");
});
