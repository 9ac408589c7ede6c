/**
 * How an input that is an image is written, by its name alone: "binary" is a plain local file of a serialised
 * `FileDescriptorSet`, "other" what only buf unpacks.
 * @returns `undefined` for an input that has sources
 */
export function imageFormat(input: string): "binary" | "other" | undefined {
  if (/^(?!https?:)[^#]+\.(bin|binpb|pb|desc|protoset)$/.test(input)) return "binary";
  return /(^-|\.(bin|binpb|json|txtpb|yaml)(\.(gz|zst))?)$|#(.*,)?format=(bin|binpb|json|txtpb|yaml)\b/.test(
    input,
  )
    ? "other"
    : undefined;
}
