import type { Certificate, ServiceCertificate, TypeRow } from "../certificate/certificate.js";
import type { Contract } from "../mapping.js";

/**
 * The services that every generation has, with the methods that all of them have.
 * @param contracts of messages, by the full name in the newest generation
 */
export function composeServices(
  certificates: readonly Certificate[],
  contracts: ReadonlyMap<string, Contract>,
): readonly ServiceCertificate[] {
  const [first, ...others] = certificates.map(({ services }) => services);
  return others.reduce<readonly ServiceCertificate[]>(
    (before, services) =>
      services.flatMap((next) => {
        const elder = before.find(({ v4 }) => v4 === next.v3);
        return elder === undefined ? [] : composeService(elder, next, contracts);
      }),
    first ?? [],
  );
}

function composeService(
  elder: ServiceCertificate,
  next: ServiceCertificate,
  contracts: ReadonlyMap<string, Contract>,
): ServiceCertificate {
  const type = (v3: string, v4: string): TypeRow => {
    const contract = contracts.get(v4);
    return { v3, v4, ...(contract === undefined ? {} : { contract }) };
  };
  const methods = next.methods.flatMap((method) => {
    const before = elder.methods.find(({ v4 }) => v4 === method.v3);
    if (before === undefined) return [];
    const input = type(before.input.v3, method.input.v4);
    return { ...method, v3: before.v3, input, output: type(before.output.v3, method.output.v4) };
  });
  const unbridged = composeUnbridged(elder, next);
  const alone = (side: "v3" | "v4", { methods: own, unbridged: other, only }: ServiceCertificate) =>
    [...[...own, ...other].map((method) => method[side]), ...only[side]].filter((name) =>
      [...methods, ...unbridged].every((method) => method[side] !== name),
    );
  const only = { v3: alone("v3", elder), v4: alone("v4", next) };
  return { v3: elder.v3, v4: next.v4, methods, unbridged, only };
}

/** Methods that some hop answers only by hand. */
function composeUnbridged(
  elder: ServiceCertificate,
  next: ServiceCertificate,
): ServiceCertificate["unbridged"] {
  const before: readonly Link[] = [...elder.methods, ...elder.unbridged];
  const after: readonly Link[] = [...next.methods, ...next.unbridged];
  return before.flatMap(({ v3, v4, reason: first }) => {
    const link = after.find((each) => each.v3 === v4);
    const reason = first ?? link?.reason;
    return link === undefined || reason === undefined ? [] : { v3, v4: link.v4, reason };
  });
}

interface Link {
  readonly v3: string;
  readonly v4: string;
  readonly reason?: string;
}
