/**
 * One compiled file, not decoded. Equal bytes from the same compiler mean equal files; what the file's names
 * point to may still differ, because imports live in slices of their own.
 */
export interface FileSlice {
  /** Path relative to the module's root, as imports spell it. */
  readonly path: string;
  readonly package: string;
  /** Paths of the imports, in order. */
  readonly dependencies: readonly string[];
  /** Those of `dependencies` that are `import public`. */
  readonly publicDependencies: readonly string[];
  /** Paths of its `import option`s (edition 2024), which an image may lack. */
  readonly optionDependencies: readonly string[];
  /** Whether the file is there only because another one imports it. */
  readonly isImport: boolean;
  /** A serialised `google.protobuf.FileDescriptorProto`, as the compiler wrote it. */
  readonly bytes: Uint8Array;
}

/** Compiled files, each after its imports. */
export interface Image {
  readonly files: readonly FileSlice[];
}
