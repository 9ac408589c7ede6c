import { Proto4Error } from "../../diagnostics/index.js";

/** A subject, and which of its versions is meant. */
export interface SubjectRef {
  readonly subject: string;
  /** A version's number, a label, or `undefined` for the head. */
  readonly version: number | string | undefined;
}

/** @throws Proto4Error "subject-invalid" unless it is `owner/name` */
export function checkSubject(subject: string): void {
  const parts = subject.split("/");
  if (parts.length !== 2) throw invalid(`"${shown(subject)}" is no subject: write OWNER/NAME`);
  for (const part of parts) if (!name.test(part)) throw invalid(explain(subject, part));
}

/** @throws Proto4Error "subject-invalid" for what cannot be told from a version's number or holds other signs */
export function checkLabel(label: string): void {
  if (/^\d+$/.test(label))
    throw invalid(`the label "${shown(label)}" could be a version's number: add a letter`);
  if (!labelName.test(label))
    throw invalid(
      `"${shown(label)}" is no label: 1 to 64 of A-Z a-z 0-9 . _ -, a letter or digit first${instead(label)}`,
    );
}

/**
 * Takes `owner/name`, `owner/name@3` or `owner/name@label` apart.
 * @throws Proto4Error "subject-invalid"
 */
export function parseSubjectRef(text: string): SubjectRef {
  const [subject = "", version, ...more] = text.split("@");
  checkSubject(subject);
  if (version === undefined) return { subject, version };
  if (more.length > 0) throw invalid(`"${shown(text)}" names two versions: write OWNER/NAME@VERSION`);
  if (/^[1-9]\d{0,8}$/.test(version)) return { subject, version: Number(version) };
  checkLabel(version);
  return { subject, version };
}

/** Most are names of branches. */
function instead(label: string): string {
  const plain = label.replace(/[^\w.-]/g, "-");
  return labelName.test(plain) ? `; write ${plain}` : "";
}

function explain(subject: string, part: string): string {
  const of = `of the subject "${shown(subject)}"`;
  if (part === "") return `the owner or name ${of} is empty: write OWNER/NAME`;
  if (part.length > 64) return `a part ${of} has ${part.length} characters: 64 are allowed`;
  return `"${shown(part)}" ${of} may hold a-z 0-9 . _ - only, and begins with a letter or digit`;
}

function shown(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function invalid(message: string): Proto4Error {
  return new Proto4Error("subject-invalid", message);
}

const name = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const labelName = /^[A-Za-z0-9][\w.-]{0,63}$/;
