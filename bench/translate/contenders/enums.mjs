// The values that have other numbers in v4; all others stay as they are.
export const planUp = { 1: 10, 2: 20, 3: 30 };
export const planDown = { 10: 1, 20: 2, 30: 3 };
export const mediaUp = { 1: 10, 2: 20 };
export const mediaDown = { 10: 1, 20: 2 };
