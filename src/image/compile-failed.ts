import { formatLocation, type Location, Proto4Error } from "../diagnostics/index.js";

/** One thing that the compiler says about sources; a place where it knows one. */
export interface Complaint extends Partial<Location> {
  readonly message: string;
  /** buf's name for the kind of complaint: `COMPILE`. */
  readonly type: string;
}

/** The error for sources that do not compile. @param stderr what `buf build --error-format json` printed */
export function compileFailed(input: string, stderr: string): Proto4Error {
  const complaints = stderr.split("\n").flatMap(readComplaint);
  const lines = complaints.length === 0 ? [stderr] : complaints.map(asLine);
  const message = `the .proto files of ${input} do not compile; correct what buf says about them:\n${lines.join("\n")}`;
  const { path, ...place } = complaints.find((complaint) => complaint.path !== undefined) ?? {};
  const location = path === undefined ? undefined : { path, ...place };
  return new Proto4Error("compile-failed", message, { location, cause: complaints });
}

/** What the compiler said, one by one; nothing for any other error. */
export function complaintsOf(error: unknown): readonly Complaint[] {
  return error instanceof Proto4Error && error.code === "compile-failed" && Array.isArray(error.cause)
    ? error.cause
    : [];
}

/** buf prints an object a line, and may warn in between. */
function readComplaint(line: string): readonly Complaint[] {
  if (!line.startsWith("{")) return [];
  const { path, start_line, start_column, end_line, end_column, type, message } = JSON.parse(line);
  const place = {
    startLine: start_line,
    startColumn: start_column,
    endLine: end_line,
    endColumn: end_column,
  };
  return [{ ...(path === undefined ? {} : { path, ...place }), type, message }];
}

function asLine({ path, message, ...place }: Complaint): string {
  return path === undefined ? message : `${formatLocation({ path, ...place })}:${message}`;
}
