import { createRequire } from "node:module";

/**
 * Where the native buf lies: in the platform package that npm installed with `@bufbuild/buf`, whose own
 * `buf` is a Node script around it and costs a second start of Node; else whatever `buf` the PATH has.
 */
export function findBuf(): string {
  const suffix = platforms[`${process.platform} ${process.arch}`];
  try {
    const wrapper = createRequire(import.meta.url).resolve("@bufbuild/buf/package.json");
    // The platform package is a dependency of the wrapper's, so only the wrapper surely sees it.
    return createRequire(wrapper).resolve(`@bufbuild/buf-${suffix}`);
  } catch {
    return "buf";
  }
}

/** Platforms that `@bufbuild/buf` has binaries for. */
const platforms: Readonly<Record<string, string>> = {
  "darwin arm64": "darwin-arm64/bin/buf",
  "darwin x64": "darwin-x64/bin/buf",
  "linux arm": "linux-armv7/bin/buf",
  "linux arm64": "linux-aarch64/bin/buf",
  "linux x64": "linux-x64/bin/buf",
  "win32 arm64": "win32-arm64/bin/buf.exe",
  "win32 x64": "win32-x64/bin/buf.exe",
};
