/** The sentence for a last day that lies too far ahead. */
export function tooLong(expires: string, latest: string, lifetime: number): string {
  return (
    `${expires} is further ahead than a waiver may last: say ${latest} at the latest, which is ` +
    `${lifetime} days from today, or allow more by waiver_lifetime in proto4.yaml`
  );
}
