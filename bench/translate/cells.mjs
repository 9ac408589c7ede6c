// What is measured, and the goals: how many times faster than each peer proto4 is to be.

const proto4 = ["table", "specialised", "tableInto", "specialisedInto"];
const peers = ["es", "tsProto", "tsProtoNode", "protobufjs"];
const copies = ["buffer", "memcpy"];

const small = { es: 12, tsProto: 10, tsProtoNode: 10, protobufjs: 5.5 };
const smallDown = { es: 8, protobufjs: 4 };
const all = (times) => Object.fromEntries(peers.map((peer) => [peer, times]));

/** `goals` are for a result in new memory, those of `goalsInto` in the caller's. */
export const groups = [
  { message: "User", direction: "up", goals: small },
  { message: "Batch", direction: "up", goals: small },
  { message: "Blob", direction: "up", goals: all(3), goalsInto: all(10) },
  { message: "User", direction: "down", goals: smallDown },
  { message: "Batch", direction: "down", goals: smallDown },
  { message: "Blob", direction: "down" },
]
  .map((group) => ({ ...group, contenders: [...proto4, ...copies, ...peers] }))
  .concat([
    // 1.5 times as long as a copy is the most that an unchanged message may take.
    { message: "Settings", direction: "up", contenders: [...proto4, ...copies], goals: { buffer: 1 / 1.5 } },
    {
      message: "many",
      title: "500 types",
      direction: "up",
      contenders: ["table", "specialised", "es"],
      goals: { es: 6 },
    },
  ]);

/** Table-driven takes at most a quarter longer than specialised. */
export const tableGoal = 1.25;
