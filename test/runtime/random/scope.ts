import type { Dice } from "../../differential/dice.js";

export type Syntax = "proto2" | "proto3" | "2023";
export type Side = "v3" | "v4";
export type Label = "implicit" | "explicit" | "required" | "repeated";
export type BothSides<T> = Readonly<Record<Side, T>>;

/** What a pair of files declares so far, and what is drawn from. */
export interface Scope {
  readonly dice: Dice;
  readonly syntax: BothSides<Syntax>;
  /** Names that mean something on both sides. */
  readonly messages: readonly string[];
  readonly enums: readonly EnumNames[];
  /** A name that nothing in the files has. */
  name(prefix: string): string;
}

export interface EnumNames {
  readonly name: string;
  readonly closed: BothSides<boolean>;
  /** Of values that both generations have. */
  readonly values: readonly string[];
}

/** A type as one side writes it. */
export interface TypeModel {
  readonly name: string;
  readonly is: "scalar" | "open" | "closed" | "message";
}

/** The numbers of one message. */
export interface Numbers {
  /** @returns `wanted` where that is free, else any free number */
  take(side: Side, wanted?: number): number;
  readonly taken: BothSides<ReadonlySet<number>>;
}

/** Small numbers mostly, so that they meet; some whose tags are longer. */
export function drawNumbers(dice: Dice): Numbers {
  const taken = { v3: new Set<number>(), v4: new Set<number>() };
  return {
    taken,
    take: (side, wanted) => {
      let number = wanted ?? draw(dice);
      while (taken[side].has(number)) number = draw(dice);
      taken[side].add(number);
      return number;
    },
  };
}

function draw(dice: Dice): number {
  return dice.chance(8) ? dice.int(2040, 2060) : dice.int(1, 48);
}

/** What a message is made of, as lines on each side; `files` are declared beside it. */
export interface Part {
  readonly v3: readonly string[];
  readonly v4: readonly string[];
  readonly files?: BothSides<readonly string[]>;
}

export const sides = ["v3", "v4"] as const;
