import { maximumEdition, minimumEdition } from "@bufbuild/protobuf";
import { CodeGeneratorResponse_Feature } from "@bufbuild/protobuf/wkt";

/** What a compiler may send: everything that the stub generator for protobuf-es reads. */
export const supported = {
  supportedFeatures: BigInt(
    CodeGeneratorResponse_Feature.PROTO3_OPTIONAL | CodeGeneratorResponse_Feature.SUPPORTS_EDITIONS,
  ),
  minimumEdition,
  maximumEdition,
} as const;
