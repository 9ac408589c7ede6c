import type { MethodDescriptor, ServiceDescriptor } from "./descriptor.js";
import { join, lifecycleIn, mapped, none, scopeOf, type Unfinished } from "./element-base.js";
import type { Place } from "./place.js";
import { overrideFeatures } from "./resolve-features.js";
import type { Method, SchemaFile, Service } from "./schema.js";

export function buildService(proto: ServiceDescriptor, parent: SchemaFile, place: Place): Service {
  const { options } = proto;
  const service: Unfinished<Service> = {
    kind: "service",
    name: proto.name,
    fullName: join(scopeOf(parent), proto.name),
    file: parent,
    path: place.path,
    features: overrideFeatures(parent.features, options?.features),
    lifecycle: lifecycleIn(parent, options, place.path),
    deprecated: options?.deprecated ?? false,
    parent,
    methods: none,
  };
  service.methods = mapped(proto.method, (child, i) => buildMethod(child, service, place.child(2, i)));
  return service;
}

function buildMethod(proto: MethodDescriptor, parent: Service, place: Place): Method {
  const { options } = proto;
  return {
    kind: "method",
    name: proto.name,
    fullName: join(scopeOf(parent), proto.name),
    file: parent.file,
    path: place.path,
    features: overrideFeatures(parent.features, options?.features),
    lifecycle: lifecycleIn(parent, options, place.path),
    deprecated: options?.deprecated ?? false,
    parent,
    input: proto.inputType,
    output: proto.outputType,
    clientStreaming: proto.clientStreaming,
    serverStreaming: proto.serverStreaming,
    idempotency: idempotencyLevels[options?.idempotencyLevel ?? 0] ?? "IDEMPOTENCY_UNKNOWN",
  };
}

/** By number. */
const idempotencyLevels: readonly Method["idempotency"][] = [
  "IDEMPOTENCY_UNKNOWN",
  "NO_SIDE_EFFECTS",
  "IDEMPOTENT",
];
