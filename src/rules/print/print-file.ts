import type { Method, SchemaFile, Service } from "../../schema/index.js";
import { nameFrom } from "../name-source.js";
import { block, commented, inSourceOrder } from "./layout.js";
import { bodyOptions, declarations, merged, placed } from "./print-message.js";
import type { Printing } from "./printing.js";

/** A whole file. */
export function printFile(file: SchemaFile, printing: Printing): string {
  const { dependencies, publicDependencies } = file;
  const imports = dependencies.map((path) => {
    const modifier = publicDependencies.includes(path) ? "public " : "";
    return `import ${modifier}${JSON.stringify(path)};`;
  });
  const services = file.services.map((service) => placed(service, printService(service, printing)));
  const parts = [
    [syntaxSource(file)],
    file.package === "" ? [] : [`package ${file.package};`],
    imports,
    bodyOptions(file, printing),
    ...merged([...declarations(file, printing), ...services]).map((statement) => [statement]),
  ];
  return `${parts
    .filter((part) => part.length > 0)
    .map((part) => part.join("\n"))
    .join("\n\n")}\n`;
}

export function printService(service: Service, printing: Printing): string {
  const methods = inSourceOrder(service.methods).map((method) => printMethod(method, printing));
  return commented(
    service,
    block(`service ${service.name}`, [...bodyOptions(service, printing), ...methods]),
  );
}

export function printMethod(method: Method, printing: Printing): string {
  const { name, clientStreaming, input, output, serverStreaming } = method;
  printing.used.add(input);
  printing.used.add(output);
  const takes = messageSource(method, input, clientStreaming);
  const returns = messageSource(method, output, serverStreaming);
  const head = `rpc ${name}(${takes}) returns (${returns})`;
  const options = bodyOptions(method, printing);
  return commented(method, options.length === 0 ? `${head};` : block(head, options));
}

/** What a method takes or returns, as it stands in its parentheses. */
export function messageSource(where: Method, name: string, isStream: boolean): string {
  return `${isStream ? "stream " : ""}${nameFrom(where, name)}`;
}

/** `google.protobuf.Edition` counts on from 2023. */
export function syntaxSource({ syntax, edition }: SchemaFile): string {
  return syntax === "editions" ? `edition = "${edition + 1023}";` : `syntax = "${syntax}";`;
}
