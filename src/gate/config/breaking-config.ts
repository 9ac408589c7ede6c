/** The versions of buf.yaml: they differ in the rules there are. */
export const configVersions = ["v1beta1", "v1", "v2"] as const;

export type ConfigVersion = (typeof configVersions)[number];

/**
 * Which of buf's rules to ask of one module, and of which files not to: the `breaking` section of a buf.yaml
 * as a plain value. Where it says "names", ids of rules and of categories may be mixed, also deprecated ones.
 */
export interface BreakingConfig {
  /** The version that decides what a name means; v2 if not given. */
  readonly version?: ConfigVersion | undefined;
  /** Names of what to ask; FILE if there are none. */
  readonly use?: readonly string[] | undefined;
  /** Names of what not to ask. */
  readonly except?: readonly string[] | undefined;
  /** Files and folders in which nothing is found, spelled as imports spell them. */
  readonly ignore?: readonly string[] | undefined;
  /** The same by the name of what is not asked there. */
  readonly ignoreOnly?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Finds nothing in packages such as `shop.v1alpha1`. */
  readonly ignoreUnstablePackages?: boolean | undefined;
  /** Asks none of buf's rules, as if there were none. */
  readonly disableBuiltin?: boolean | undefined;
  /** Asks nothing at all. */
  readonly disabled?: boolean | undefined;
}
