/** Lines that differ: those of the left are replaced by those of the right, of either there may be none. Ends exclusive. */
export interface Stretch {
  readonly leftStart: number;
  readonly leftEnd: number;
  readonly rightStart: number;
  readonly rightEnd: number;
}

/** The shortest way from lines to others; where that would be long to find, all between what is equal at both ends. */
export function stretchesOf(left: readonly string[], right: readonly string[]): readonly Stretch[] {
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start++;
  let [leftEnd, rightEnd] = [left.length, right.length];
  while (leftEnd > start && rightEnd > start && left[leftEnd - 1] === right[rightEnd - 1]) {
    leftEnd--;
    rightEnd--;
  }
  const [a, b] = [left.slice(start, leftEnd), right.slice(start, rightEnd)];
  const trace = traceOf(a, b);
  const whole = { leftStart: 0, leftEnd: a.length, rightStart: 0, rightEnd: b.length };
  const found = trace === undefined ? [whole] : united(stepsOf(a, b, trace));
  return found.map((stretch) => ({
    leftStart: stretch.leftStart + start,
    leftEnd: stretch.leftEnd + start,
    rightStart: stretch.rightStart + start,
    rightEnd: stretch.rightEnd + start,
  }));
}

/** More differing lines than any edit makes of which somebody reads the diff line by line. */
const MOST = 2000;

/**
 * How far one gets along each diagonal with 0, 1, 2… lines that differ; `undefined` if it takes too many.
 * @see Myers, An O(ND) Difference Algorithm and Its Variations, 1986
 */
function traceOf(a: readonly string[], b: readonly string[]): readonly Int32Array[] | undefined {
  const trace: Int32Array[] = [];
  let reached = new Int32Array([0, 0, 0]);
  for (let steps = 0; steps <= Math.min(MOST, a.length + b.length); steps++) {
    // Diagonals -steps-1 … steps+1; what lies outside is not reached.
    const next = new Int32Array(2 * steps + 3);
    for (let diagonal = -steps; diagonal <= steps; diagonal += 2) {
      let x = steps === 0 ? 0 : startOn(diagonal, steps, reached);
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++;
      next[diagonal + steps + 1] = x;
      if (x >= a.length && x - diagonal >= b.length) return [...trace, next];
    }
    trace.push(next);
    reached = next;
  }
  return undefined;
}

/** @param reached with one line less */
function startOn(diagonal: number, steps: number, reached: Int32Array): number {
  const [below, above] = [reached[diagonal + steps - 1]!, reached[diagonal + steps + 1]!];
  return isDown(diagonal, steps, below, above) ? above : below + 1;
}

/** Whether a line of the right comes in, rather than one of the left going. */
function isDown(diagonal: number, steps: number, below: number, above: number): boolean {
  return diagonal === -steps || (diagonal !== steps && below < above);
}

/** The lines that differ, one by one, from the first on. */
function stepsOf(
  a: readonly string[],
  b: readonly string[],
  trace: readonly Int32Array[],
): readonly Stretch[] {
  const found: Stretch[] = [];
  let [x, y] = [a.length, b.length];
  for (let steps = trace.length - 1; steps > 0; steps--) {
    const reached = trace[steps - 1]!;
    const diagonal = x - y;
    const [below, above] = [reached[diagonal + steps - 1]!, reached[diagonal + steps + 1]!];
    const down = isDown(diagonal, steps, below, above);
    const fromX = down ? above : below;
    const fromY = fromX - (down ? diagonal + 1 : diagonal - 1);
    found.push({
      leftStart: fromX,
      leftEnd: fromX + (down ? 0 : 1),
      rightStart: fromY,
      rightEnd: fromY + (down ? 1 : 0),
    });
    [x, y] = [fromX, fromY];
  }
  return found.reverse();
}

function united(steps: readonly Stretch[]): readonly Stretch[] {
  const found: Stretch[] = [];
  for (const step of steps) {
    const last = found.at(-1);
    if (last !== undefined && last.leftEnd === step.leftStart && last.rightEnd === step.rightStart)
      found.push({ ...found.pop()!, leftEnd: step.leftEnd, rightEnd: step.rightEnd });
    else found.push(step);
  }
  return found;
}
