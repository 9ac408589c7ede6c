/**
 * What somebody has written, as a part of one line: line breaks and what would steer a terminal, or turn the order of
 * signs around, are shown as their codes. So nobody writes a line that looks like another one's.
 */
export function oneLine(text: string): string {
  return text.replace(steering, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Control characters, line and paragraph separators, and marks of direction. */
const steering = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
