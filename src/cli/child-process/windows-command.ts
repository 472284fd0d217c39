/** How a process is started. */
export interface Start {
  readonly file: string;
  readonly args: readonly string[];

  /** The arguments are quoted already. */
  readonly verbatim?: boolean;
}

/** What is known of the machine. */
export interface Machine {
  readonly env: { readonly [name: string]: string | undefined };
  exists(path: string): boolean;
}

const EXTENSIONS = '.COM;.EXE;.BAT;.CMD';

/**
 * On Windows `npx` is a file `npx.cmd`, which Node finds by that name alone and starts through the shell alone, which reads its words
 * in a way of its own.
 *
 * @see https://nodejs.org/docs/latest-v20.x/api/child_process.html#spawning-bat-and-cmd-files-on-windows
 */
export function windowsStart([name, ...args]: readonly string[], machine: Machine): Start | undefined {
  const file = find(name, machine);
  if (file === undefined) { return undefined; }
  if (!/\.(bat|cmd)$/i.test(file)) { return { file, args }; }
  const line = [forShell(file, false), ...args.map(each => forShell(each, true))].join(' ');
  return { file: valueOf(machine.env, 'ComSpec') ?? 'cmd.exe', args: ['/d', '/s', '/c', `"${line}"`], verbatim: true };
}

/** As the shell does, but for the working directory, where it would look first. */
function find(name: string, { env, exists }: Machine): string | undefined {
  const extensions = (valueOf(env, 'PATHEXT') ?? EXTENSIONS).split(';').filter(each => each !== '');
  const folders = /[\\/]/.test(name) ? [''] : (valueOf(env, 'PATH') ?? '').split(';').filter(each => each !== '');
  const hasExtension = extensions.some(each => name.toLowerCase().endsWith(each.toLowerCase()));
  for (const folder of folders.map(each => each.replace(/^"(.*)"$/, '$1').replace(/[\\/]$/, ''))) {
    for (const extension of hasExtension ? [''] : extensions) {
      const file = `${folder === '' ? '' : `${folder}\\`}${name.replaceAll('/', '\\')}${extension.toLowerCase()}`; // the shell takes no `/`
      if (exists(file)) { return file; }
    }
  }
  return undefined;
}

/** Names of variables have no case there. */
function valueOf(env: Machine['env'], name: string): string | undefined {
  return Object.entries(env).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

/** What the shell would take for more than a character of a word. */
const META = /[()\][%!^"`<>&|;, *?]/g;

/**
 * A word for a program (in quotes, with backslashes before a quote doubled), then for the shell (with `^` before what it would read), and
 * for an argument once more, since the `.cmd` file hands it on with `%*`, which the shell reads again.
 */
function forShell(word: string, isArgument: boolean): string {
  if (/^[\w\-./\\:=@+]+$/.test(word)) { return word; }
  if (!isArgument) { return word.replace(META, '^$&'); }
  const quoted = `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
  return quoted.replace(META, '^$&').replace(META, '^$&');
}
