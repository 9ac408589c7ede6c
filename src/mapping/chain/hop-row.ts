import type { Row } from "../certificate/certificate.js";

/** A row of the certificate of one hop. */
export interface HopRow {
  readonly hop: number;
  readonly row: Row;
}
