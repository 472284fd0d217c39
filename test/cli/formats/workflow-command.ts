/** What a workflow command says, read as the runner of GitHub Actions reads it. */
export interface WorkflowCommand {
  readonly name: string;
  readonly properties: { readonly [name: string]: string };
  readonly message: string;
}

/** Undefined for a line that is no command. */
export function readCommand(line: string): WorkflowCommand | undefined {
  const trimmed = line.trimStart();
  const end = trimmed.indexOf('::', 2);
  if (!trimmed.startsWith('::') || end < 0) { return undefined; }
  const information = trimmed.slice(2, end);
  const space = information.indexOf(' ');
  const given = space < 0 ? '' : information.slice(space + 1).trim();
  return {
    name: space < 0 ? information : information.slice(0, space),
    properties: Object.fromEntries(given.split(',').filter(each => each !== '').map(each => {
      const equals = each.indexOf('=');
      return [each.slice(0, equals), unescaped(each.slice(equals + 1), ['%0D', '\r'], ['%0A', '\n'], ['%3A', ':'], ['%2C', ','], ['%25', '%'])];
    })),
    message: unescaped(trimmed.slice(end + 2), ['%0D', '\r'], ['%0A', '\n'], ['%25', '%']),
  };
}

function unescaped(text: string, ...mappings: readonly [string, string][]): string {
  return mappings.reduce((result, [escaped, character]) => result.replaceAll(escaped, character), text);
}
