/**
 * What has Node load a module before the program, spelled as Node reads `NODE_OPTIONS`; what is there already stays.
 *
 * In front: of two preloads, of which one may be older and in the image of the pipelines, the first is the one that works.
 */
export function withPreload(options: string | undefined, preload: string): string {
  const own = `--require=${quoted(preload)}`;
  const others = options?.trim() ?? '';
  return `${others} `.startsWith(`${own} `) ? others : `${own} ${others}`.trim();
}

/** Node knows double quotes, and a backslash in them takes the next character as it is. https://nodejs.org/docs/latest-v20.x/api/cli.html#node_optionsoptions */
function quoted(path: string): string {
  return /[\s"]/.test(path) ? `"${path.replace(/["\\]/g, '\\$&')}"` : path;
}
