// Before anything is timed: every peer gives what proto4 gives, and what does not fit is in the stash.
import assert from "node:assert/strict";
import { equals, fromBinary } from "@bufbuild/protobuf";
import { loadContender } from "./contenders.mjs";
import { built, generated } from "./folders.mjs";
import { loadInputs } from "./inputs.mjs";
import { manyInputs, manyRegistry, manyTranslators } from "./many.mjs";

const { EnvelopeSchema } = await built("gen/proto4/envelope_pb.js");
const stashNumber = 19404;
const peers = ["specialised", "tableInto", "specialisedInto", "es", "tsProto", "tsProtoNode", "protobufjs"];

for (const [direction, version] of Object.entries({ up: "v4", down: "v3" })) {
  const stubs = await generated(`proto4/bench/${version}/contract_pb.js`);
  for (const message of ["User", "Batch", "Blob"]) await check(message, direction, stubs[`${message}Schema`]);
}
await checkMany();

/** Unknown fields do not count: proto4 carries in them what the peers drop. */
async function check(message, direction, schema) {
  const inputs = loadInputs(message, direction);
  const table = await loadContender("table", message, direction, inputs[0]);
  const expected = inputs.map((bytes) => fromBinary(schema, table(bytes)));
  for (const peer of peers) {
    const translate = await loadContender(peer, message, direction, inputs[0]);
    for (const [index, bytes] of inputs.entries()) {
      const isSame =
        translate === undefined || equals(schema, fromBinary(schema, translate(bytes)), expected[index]);
      assert(isSame, `${direction} ${message} ${index}: ${peer} gives another message than proto4's table`);
    }
  }
  if (direction === "down") checkStash(message, expected[0]);
}

/** What docs/translate-speed.md says is stashed: items of a value with the hash of what v3 reads, items without. */
function checkStash(message, translated) {
  const owners = message === "Batch" ? translated.points : [translated];
  const items = owners.flatMap(itemsOf);
  const hashed = items.filter(({ projection }) => projection !== undefined).length;
  assert.deepEqual(
    [hashed, items.length - hashed],
    { User: [1, 1], Batch: [100, 100], Blob: [1, 0] }[message],
  );
}

function itemsOf({ $unknown = [] }) {
  return $unknown
    .filter(({ no }) => no === stashNumber)
    .flatMap(({ data }) => {
      // protobuf-es keeps the length with the content.
      const length = data.findIndex((byte) => byte < 0x80) + 1;
      return fromBinary(EnvelopeSchema, data.subarray(length)).items;
    });
}

async function checkMany() {
  const registry = manyRegistry();
  const inputs = manyInputs(registry);
  const [table, ...others] = await Promise.all(
    ["table", "es", "specialised"].map((contender) => manyTranslators(contender, registry)),
  );
  for (const [index, bytes] of inputs.entries()) {
    const schema = registry.getMessage(`many.v4.M${index}`);
    const expected = fromBinary(schema, table[index](bytes));
    for (const other of others.filter((each) => each !== undefined))
      assert(equals(schema, fromBinary(schema, other[index](bytes)), expected), `M${index}`);
  }
}
