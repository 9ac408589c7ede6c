import { changeNumber, enumTables } from "../convert/number.js";

/**
 * The numbers of an enum below 128 by what they become.
 * @param changed those that become others
 * @param from numbers of the enum where it is closed
 * @param to numbers of the other side's enum where it is closed
 * @returns −1 for what the engine has to look at
 */
export function enumNumbers(
  changed: readonly (readonly [from: number, to: number])[],
  from?: readonly number[],
  to?: readonly number[],
): Int32Array {
  const [there, back] = enumTables(changed);
  return Int32Array.from({ length: 128 }, (_, value) => {
    if (from !== undefined && !from.includes(value)) return -1;
    const number = changeNumber(value, there, back, to);
    // What leads elsewhere on the way back has to be stashed.
    return number === undefined || number < 0 || (value === 0) !== (number === 0) ? -1 : number;
  });
}
