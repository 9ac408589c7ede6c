import type { Certificate, MessageCertificate } from "../certificate/certificate.js";
import { certify, countLosses } from "../certificate/certify.js";
import type { Mapping } from "../mapping.js";
import { composeEnums } from "./compose-enums.js";
import { composeMessage } from "./compose-message.js";
import { composeServices } from "./compose-services.js";

/** What the mappings of a chain lose together, each beginning where the one before it ends. */
export function composeMappings(mappings: readonly Mapping[]): Certificate {
  return composeCertificates(mappings.map((mapping) => certify(mapping)));
}

/**
 * One certificate of those of the hops: `v3` is the eldest generation, `v4` the newest. What only generations
 * between them have is in none of its rows, for neither end can say it.
 * @param certificates one at least
 */
function composeCertificates(certificates: readonly Certificate[]): Certificate {
  const first = certificates[0]!;
  const last = certificates.at(-1)!;
  const messages = first.messages.flatMap((message) => {
    const hops = followMessage(message, certificates);
    return hops === undefined ? [] : composeMessage(hops, certificates);
  });
  const order = new Map(last.messages.map(({ v4 }, index) => [v4, index]));
  const place = ({ v4 }: MessageCertificate) => order.get(v4) ?? order.size;
  const sorted = messages.toSorted((one, other) => place(one) - place(other));
  const contracts = new Map(sorted.map(({ v4, contract }) => [v4, contract]));
  return {
    v3: first.v3,
    v4: last.v4,
    counts: countLosses(sorted),
    messages: sorted,
    enums: composeEnums(certificates),
    services: composeServices(certificates, contracts),
  };
}

/**
 * What a message is at each hop.
 * @returns `undefined` where it comes to an end before the last
 */
function followMessage(
  message: MessageCertificate,
  [, ...others]: readonly Certificate[],
): readonly MessageCertificate[] | undefined {
  const hops = [message];
  for (const { messages } of others) {
    const name = hops.at(-1)!.v4;
    const next = messages.find(({ v3 }) => v3 === name) ?? sharedMessage(hops.at(-1)!);
    if (next === undefined) return undefined;
    hops.push(next);
  }
  return hops;
}

/** A message that all generations use is in no mapping where nothing that it reaches changes. */
function sharedMessage({ v3, v4, rows }: MessageCertificate): MessageCertificate | undefined {
  if (v3 !== v4) return undefined;
  const same = rows.filter(({ v4 }) => v4.length > 0);
  return {
    v3,
    v4,
    contract: "BYTES",
    identical: true,
    rows: same.map(({ v4 }) => ({ v3: v4, v4, kinds: ["identity"], loss: "ISO" })),
  };
}
