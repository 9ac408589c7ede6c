/** What differs between the CI files of two workspaces. */
export interface CiPlace {
  /** How the job comes by the command. */
  readonly install: string;
  /** How the job calls it: `proto4`, or `npx proto4` where the project has it installed. */
  readonly command: string;
  /** The workspace's folder from the root of the repository; empty for the root. */
  readonly prefix: string;
}

/** A workflow of GitHub Actions that annotates a pull request, uploads SARIF and writes a summary. */
export function githubWorkflow({ install, command, prefix }: CiPlace): string {
  return `# Written by proto4 init; yours to change.
name: proto4
on:
  pull_request:
  merge_group:
permissions:
  contents: read
  security-events: write # to upload SARIF
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          # What is checked out is the merge: its first parent is the branch that it goes to.
          fetch-depth: 2
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - name: Install
        run: ${install}
      - name: Check
        run: |
          ${command} check${inputOf(prefix)} --against ".git#ref=$(git rev-parse HEAD^1)${subdirOf(prefix)}" \\
            --format github-actions --report sarif=proto4.sarif --report "markdown=$GITHUB_STEP_SUMMARY"
      - name: Leave out what is waived
        if: always() && hashFiles('proto4.sarif') != ''
        # Code scanning reads no suppressions: it would open an alert for each.
        run: jq '.runs[].results |= map(select(.suppressions == []))' proto4.sarif > proto4-open.sarif
      - name: Upload SARIF
        if: always() && hashFiles('proto4-open.sarif') != ''
        # Forks may not, and private repositories only with code scanning: the verdict stands without it.
        continue-on-error: true
        uses: github/codeql-action/upload-sarif@v3
        with:
          sarif_file: proto4-open.sarif
          category: proto4
`;
}

/** A job of GitLab CI that shows findings in a merge request, and keeps SARIF and a summary. */
export function gitlabJob({ install, command, prefix }: CiPlace): string {
  return `# Written by proto4 init; yours to change.
proto4:
  stage: test
  image: node:22
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  variables:
    GIT_DEPTH: "0" # where the branch began has to be there
  script:
    - ${install}
    - git fetch --quiet origin "$CI_MERGE_REQUEST_TARGET_BRANCH_NAME"
    - >-
      ${command} check${inputOf(prefix)} --against ".git#ref=$(git merge-base HEAD FETCH_HEAD)${subdirOf(prefix)}"
      --report gitlab-code-quality=gl-code-quality-report.json
      --report sarif=proto4.sarif --report markdown=proto4.md
  artifacts:
    when: always
    paths: [proto4.sarif, proto4.md]
    reports:
      codequality: gl-code-quality-report.json
`;
}

function inputOf(prefix: string): string {
  if (prefix === "") return "";
  return /^[\w./-]+$/.test(prefix) ? ` ${prefix}` : ` "${inQuotes(prefix)}"`;
}

function subdirOf(prefix: string): string {
  return prefix === "" ? "" : `,subdir=${inQuotes(prefix)}`;
}

function inQuotes(text: string): string {
  return text.replace(/["\\$`]/g, String.raw`\$&`);
}
