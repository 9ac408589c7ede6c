import type { Board } from "../board.js";
import { boardMarkdown } from "./markdown.js";
import { boardSvg } from "./svg.js";
import { boardTable } from "./table.js";

export const boardFormats = ["table", "json", "markdown", "svg"] as const;
export type BoardFormat = (typeof boardFormats)[number];

/** @param width of the terminal, for the table */
export function reportBoard(board: Board, format: BoardFormat, width: number): string {
  if (format === "json") return `${JSON.stringify(board, null, 2)}\n`;
  if (format === "markdown") return boardMarkdown(board);
  return format === "svg" ? boardSvg(board) : boardTable(board, width);
}
