import type { Image } from "../image/index.js";
import { fingerprints } from "./fingerprints.js";

/**
 * The fingerprint of a contract: 64 hexadecimal digits that are the same for every image that means the same,
 * whichever compiler made it and however the contract is laid out in files. Every top-level element of the
 * package and all that they reach by the types of fields and methods contributes a line of its full name and
 * the SHA-256 of its descriptor, written out canonically; the fingerprint is the SHA-256 of the sorted lines.
 * Elements that come with the compiler contribute their name alone: compilers bring different versions.
 * @throws Proto4Error "usage" when the image holds no file of the package, "image-corrupt"
 */
export function fingerprint(image: Image, packageName: string): string {
  return fingerprints(image, [packageName]).get(packageName)!;
}
