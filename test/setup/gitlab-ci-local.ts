import { fileURLToPath } from "node:url";

/** What runs jobs of GitLab on this machine, after holding them to GitLab's own schema. */
export const gitlabCiLocal = fileURLToPath(import.meta.resolve("gitlab-ci-local"));
