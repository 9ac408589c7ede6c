import type { DescService } from "@bufbuild/protobuf";
import type { Translator } from "./translator.js";

/**
 * A service in both generations and what carries its messages between them. The plug-in writes one for each
 * pair of services; its methods are of the same kind (unary or streaming) on both sides.
 */
export interface ServiceBridge<V3 extends DescService = DescService, V4 extends DescService = DescService> {
  readonly v3: V3;
  readonly v4: V4;
  readonly methods: readonly MethodBridge[];
  /** The field that carries stashes, where it is not 19404. */
  readonly stashNumber?: number;
}

/** The methods are named as in TypeScript (`getUser`). */
export interface MethodBridge {
  readonly v3: string;
  readonly v4: string;
  readonly input: Translator;
  readonly output: Translator;
}
