import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createFileRegistry, fromBinary, getOption } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { built, work } from "./folders.mjs";

const { field_terms } = await built("gen/proto4/options_pb.js");
const image = fromBinary(FileDescriptorSetSchema, readFileSync(join(work, "image.binpb")));
const { locale: field } = createFileRegistry(image).getMessage("bench.v4.User").field;
const { bridgeDefault } = getOption(field, field_terms);

/** What v4's `locale` is where v3 cannot say: the contract's bridge_default, nothing while it has none. */
export const locale = bridgeDefault === "" ? "" : JSON.parse(bridgeDefault);
