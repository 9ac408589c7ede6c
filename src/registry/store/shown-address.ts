/** An address for a message, which ends in logs: without what may be a password or a token that has no place in it. */
export function shownAddress(address: string): string {
  const [place = "", ...query] = address.split("?");
  const bare = place.replace(/\/\/.*@/, "//…@");
  const known = query.length === 1 && /^dc=[\w-]{1,64}$/.test(query[0]!);
  return query.length === 0 ? bare : `${bare}?${known ? query[0] : "…"}`;
}
