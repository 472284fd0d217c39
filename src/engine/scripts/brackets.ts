/** A group that begins with a tool is a command of its own: `Write-Host (Invoke-RestMethod …)`. */
const TOOL_AHEAD = /[ \t]*(?:curl|wget|Invoke-RestMethod|Invoke-WebRequest|irm|iwr)(?:\.exe)?[ \t]/iy;

/** What a closing bracket closes. */
export const OPENERS: { readonly [closer in ')' | ']' | '}']: readonly string[] } = { ')': ['$(', '('], ']': ['['], '}': ['{', '${'] };

/** Whether `(` at a place has commands in it, not arguments or an expression. `command` is what stands before it in the same command. */
export function opensCommands(script: string, at: number, command: string): boolean {
  TOOL_AHEAD.lastIndex = at + 1;
  return /^[\s!]*$/.test(command) || TOOL_AHEAD.test(script) || opensLines(script, at);
}

/** `if exist x (` of cmd, whose lines are commands; after an operator it is a long expression. */
function opensLines(script: string, at: number): boolean {
  return /^[ \t]*\r?\n/.test(script.slice(at + 1, at + 20)) && /[\w"%] $/.test(script.slice(Math.max(0, at - 2), at))
    && !/\b(?:return|in|and|or|not|await|if|while) $/.test(script.slice(Math.max(0, at - 10), at));
}

/** Whether `{` at a place begins a hash or an object, which belongs to the command, and no block of commands. */
export function opensData(script: string, at: number): boolean {
  const before = script.slice(Math.max(0, at - 40), at);
  return !/\n\s*$/.test(before) && DATA.test(before.trimEnd());
}

const DATA = new RegExp([
  '[@:(,[?]$', '(?<!=)=$', '\\breturn$',
  '["\'\\]]\\s*=>$', ':\\w+\\s*=>$', '\\b(?:headers?|http|options|default_headers)\\s*=>$', // a key, not the parameters of a function
].join('|'), 'i');
