import type { Described, DescribedOption } from "./describe.js";

/** A script for PowerShell 5.1 and later. */
export function powershellScript(commands: readonly Described[]): string {
  return `# proto4 completion powershell
Register-ArgumentCompleter -Native -CommandName proto4 -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $known = @{
${commands.map(entryOf).join("\n")}
  }
  $choices = @{
${commands.flatMap(choicesOf).join("\n")}
  }
  $at = ''
  $previous = ''
  foreach ($element in $commandAst.CommandElements | Select-Object -Skip 1) {
    $word = $element.ToString()
    if ($element.Extent.EndOffset -ge $cursorPosition) { break }
    $longer = ($at + ' ' + $word).Trim()
    if ($known.ContainsKey($longer)) { $at = $longer }
    $previous = $word
  }
  $key = ($at + ' ' + $previous).Trim()
  $words = if ($choices.ContainsKey($key)) { $choices[$key] } else { $known[$at] }
  $words | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;
}

function entryOf({ path, words, options }: Described): string {
  return `    ${quoted(path)} = ${list([...words.map(({ name }) => name), ...options.flatMap(({ flags }) => flags)])}`;
}

function choicesOf({ path, options }: Described): readonly string[] {
  const withChoices = options.filter(({ choices }) => choices.length > 0);
  const line = (flag: string, { choices }: DescribedOption) =>
    `    ${quoted(`${path} ${flag}`.trim())} = ${list(choices)}`;
  return withChoices.flatMap((option) => option.flags.map((flag) => line(flag, option)));
}

function list(words: readonly string[]): string {
  return `@(${words.map(quoted).join(", ")})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
