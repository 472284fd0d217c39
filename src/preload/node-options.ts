/** What has Node load a module before the program, spelled as Node reads `NODE_OPTIONS`; what is there already stays, and nothing comes twice. */
export function withPreload(options: string | undefined, preload: string): string {
  const own = `--require=${quoted(preload)}`;
  if (options === undefined || options.trim() === '') { return own; }
  return ` ${options} `.includes(` ${own} `) ? options : `${options} ${own}`;
}

/** Node knows double quotes, and a backslash in them takes the next character as it is. https://nodejs.org/docs/latest-v20.x/api/cli.html#node_optionsoptions */
function quoted(path: string): string {
  return /[\s"]/.test(path) ? `"${path.replace(/["\\]/g, '\\$&')}"` : path;
}
