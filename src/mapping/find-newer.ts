import { Proto4Error } from "../diagnostics/index.js";
import type { Message, Schema } from "../schema/index.js";
import { findElder } from "./find-elder.js";
import { declaredIn, makePairing } from "./pairing.js";

/** The messages that continue a message in packages which upgrade its own, where the schema holds some. */
export function findNewer(schema: Schema, message: Message): readonly Message[] {
  const elder = message.file.package;
  const pairing = makePairing(schema, new Map());
  const packages = new Set([...schema.files.values()].map((file) => file.package));
  return [...packages].flatMap((newer) =>
    // What is in the way of pairing is told where somebody asks for the mapping.
    attempt(() => {
      if (newer === elder || findElder(schema, newer) !== elder) return [];
      return declaredIn(schema, newer).filter(
        (element): element is Message =>
          element.kind === "message" && pairing.elderOf(element)?.fullName === message.fullName,
      );
    }),
  );
}

function attempt(part: () => readonly Message[]): readonly Message[] {
  try {
    return part();
  } catch (error) {
    if (error instanceof Proto4Error) return [];
    throw error;
  }
}
