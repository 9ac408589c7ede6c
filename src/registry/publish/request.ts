import type { Image } from "../../image/index.js";

/** What is to be published, and by whom. */
export interface PublishRequest {
  readonly subject: string;
  readonly image: Image;
  /** Source text by path in the image; empty for an image without sources. */
  readonly sources: ReadonlyMap<string, string>;
  /** A name that stands at this version from now on. */
  readonly label?: string | undefined;
  /** Why what the gate refuses is published all the same; it stands in the audit trail. */
  readonly force?: string | undefined;
  /** Judges and writes nothing. */
  readonly dryRun?: boolean | undefined;
  readonly by: string;
  /** ISO 8601, UTC; its day decides whether a sunset has passed. */
  readonly at: string;
  /** Never used before, anywhere: a random UUID. */
  readonly id: string;
}
