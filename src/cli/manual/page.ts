/** What a command's help says besides its options. */
export interface Page {
  /** Whole command lines, where the command does not show its own. */
  readonly examples?: readonly string[];
  /** Exit codes besides 0 and 1, and what they mean. */
  readonly exits?: Readonly<Record<number, string>>;
  /** Files that it reads or writes besides those that it is told. */
  readonly files?: readonly File[];
  /** Whether it has buf compile something. */
  readonly compiles?: boolean;
  /** Other commands, and pages of the documentation. */
  readonly see: readonly string[];
}

export type File = keyof typeof files;

export const files = {
  "proto4.yaml": "the policy: severities, ages, rules; beside buf.yaml",
  "proto4.waivers.yaml": "findings that somebody accepted; waivers in proto4.yaml names another one",
  "proto4.baseline.yaml": "findings that were there before; baseline in proto4.yaml names another one",
  "buf.yaml": "modules, and which of buf's rules are asked",
  ".git/hooks/pre-commit": "the hook, or where core.hooksPath has it",
} as const;
