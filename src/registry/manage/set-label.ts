import { Proto4Error } from "../../diagnostics/index.js";
import type { Actor } from "../audit.js";
import { chooseVersion } from "../lookup/find-subject.js";
import { labelKey } from "../store/layout.js";
import { checkLabel, type SubjectRef } from "../store/names.js";
import { encodeRecord } from "../store/records.js";
import type { Store } from "../store/store.js";
import { amend } from "./amend.js";

/**
 * Puts a label at a version, wherever it stood.
 * @returns the number of the version
 * @throws Proto4Error "subject-invalid", "subject-missing"; as `amend` does
 */
export async function setLabel(
  store: Store,
  { subject: name, version }: SubjectRef,
  label: string,
  actor: Actor,
): Promise<number> {
  checkLabel(label);
  let seq = 0;
  await amend(store, name, actor, (subject) => {
    seq = chooseVersion(subject, version).seq;
    const stands = subject.labels.get(label) === seq;
    return {
      steps: stands ? [] : [{ verb: "set", key: labelKey(name, label), value: encodeRecord({ seq }) }],
      audit: { action: "label", seq, label },
    };
  });
  return seq;
}

/** @throws Proto4Error "subject-missing" where there is no such label */
export async function removeLabel(store: Store, name: string, label: string, actor: Actor): Promise<void> {
  checkLabel(label);
  await amend(store, name, actor, ({ labels }, entries) => {
    const entry = entries.get(labelKey(name, label));
    if (entry === undefined)
      throw new Proto4Error(
        "subject-missing",
        `${name} has no label ${label}: it has ${[...labels.keys()].join(", ") || "none"}`,
      );
    return {
      steps: [{ verb: "delete", key: entry.key, index: entry.index }],
      audit: { action: "unlabel", label, seq: labels.get(label) },
    };
  });
}
