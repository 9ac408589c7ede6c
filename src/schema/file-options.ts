import type { FileOptions } from "./descriptor.js";

/** Where descriptor.proto has those options of a file that its generated code hangs on. */
export const fileOptionNumbers = {
  java_package: 1,
  java_outer_classname: 8,
  optimize_for: 9,
  java_multiple_files: 10,
  go_package: 11,
  cc_generic_services: 16,
  java_generic_services: 17,
  py_generic_services: 18,
  cc_enable_arenas: 31,
  objc_class_prefix: 36,
  csharp_namespace: 37,
  swift_prefix: 39,
  php_class_prefix: 40,
  php_namespace: 41,
  php_metadata_namespace: 44,
  ruby_package: 45,
} as const;

/** An option by the name that sources give it. */
export type FileOption = keyof typeof fileOptionNumbers;

/** In words of the source: `true`, `SPEED`, `shop/v1`. What is not set has its default, and so may be "". */
export type FileOptionValues = Readonly<Record<FileOption, string>>;

export function readFileOptions(options: FileOptions | undefined): FileOptionValues {
  return {
    java_package: options?.javaPackage ?? "",
    java_outer_classname: options?.javaOuterClassname ?? "",
    optimize_for: optimizeModes[options?.optimizeFor ?? 1] ?? "SPEED",
    java_multiple_files: flag(options?.javaMultipleFiles ?? false),
    go_package: options?.goPackage ?? "",
    cc_generic_services: flag(options?.ccGenericServices ?? false),
    java_generic_services: flag(options?.javaGenericServices ?? false),
    py_generic_services: flag(options?.pyGenericServices ?? false),
    cc_enable_arenas: flag(options?.ccEnableArenas ?? true),
    objc_class_prefix: options?.objcClassPrefix ?? "",
    csharp_namespace: options?.csharpNamespace ?? "",
    swift_prefix: options?.swiftPrefix ?? "",
    php_class_prefix: options?.phpClassPrefix ?? "",
    php_namespace: options?.phpNamespace ?? "",
    php_metadata_namespace: options?.phpMetadataNamespace ?? "",
    ruby_package: options?.rubyPackage ?? "",
  };
}

function flag(value: boolean): string {
  return value ? "true" : "false";
}

/** `google.protobuf.FileOptions.OptimizeMode` by number. */
const optimizeModes: readonly (string | undefined)[] = [undefined, "SPEED", "CODE_SIZE", "LITE_RUNTIME"];
