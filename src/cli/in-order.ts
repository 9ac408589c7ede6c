/** Waits for two things at once; where both fail, the first one's error counts, whichever came sooner. */
export async function inOrder<A, B>([first, second]: readonly [Promise<A>, Promise<B>]): Promise<
  readonly [A, B]
> {
  second.catch(() => {});
  const found = await first;
  return [found, await second];
}
