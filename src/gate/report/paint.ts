/** What a part of a text report is. */
export type Style = "place" | "error" | "warning" | "info" | "aside" | "plain";

/** Shows a part of a text for what it is. */
export type Paint = (style: Style, text: string) => string;

/** @param color whether the terminal knows colours; without them, everything is as it is */
export function painter(color: boolean): Paint {
  if (!color) return (_, text) => text;
  return (style, text) => {
    const code = codes[style];
    return code === undefined || text === "" ? text : `\u001b[${code}m${text}\u001b[0m`;
  };
}

/**
 * Of the colours only those that every palette has, none of them on a background.
 * @see https://en.wikipedia.org/wiki/ANSI_escape_code#Select_Graphic_Rendition_parameters
 */
const codes: Readonly<Record<Style, string | undefined>> = {
  place: "1",
  error: "1;31",
  warning: "1;33",
  info: "1;36",
  aside: "2",
  plain: undefined,
};
