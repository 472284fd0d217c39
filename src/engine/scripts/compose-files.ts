import { configuredFiles, WrittenFile } from './cloud-config';
import { targetsOf } from './documents';

/** Where compose looks where it is given no file. */
const BY_DEFAULT = /(?:^|\/)(?:docker-)?compose\.ya?ml$/;

/** The compose files that a script writes, and which of them are on the network of the host with every service. */
export class ComposeFiles {
  private readonly files: readonly { readonly path: string; readonly isOnHost: boolean }[];

  public constructor(script: string) {
    const written = /^[ \t]*services:/m.test(script) || /b64|base64|!!binary/.test(script) ? [...filesBelowLines(script), ...configuredFiles(script)] : [];
    this.files = written.filter(({ text }) => /^[ \t]*services:/m.test(text)).map(({ path, text }) => ({ path, isOnHost: isOnHost(text) }));
  }

  /** Whether what compose starts needs no further hop. `named` are the files that it is given; one that nobody wrote may hold anything. */
  public areOnHost(named: readonly string[]): boolean {
    if (named.length > 0) { return named.every(name => this.allOnHost(this.files.filter(({ path }) => isSamePath(path, name)))); }
    const found = this.files.filter(({ path }) => BY_DEFAULT.test(path));
    return this.allOnHost(found.length > 0 ? found : this.files);
  }

  private allOnHost(files: typeof this.files): boolean {
    return files.length > 0 && files.every(each => each.isOnHost);
  }
}

/** One may be written in full, the other from the folder that it is in. */
function isSamePath(one: string, other: string): boolean {
  const [left, right] = [one, other].map(path => `/${path.replace(/^(?:\.?\/)+/, '')}`);
  return left.endsWith(right) || right.endsWith(left);
}

/** The texts below lines such as `cat > file <<EOF`. */
function filesBelowLines(script: string): WrittenFile[] {
  const found: WrittenFile[] = [];
  let open: { readonly word: string; readonly path?: string; readonly lines: string[] } | undefined;
  for (const line of script.split('\n')) {
    if (open && line.trim() === open.word) {
      if (open.path !== undefined) { found.push({ path: open.path, text: open.lines.join('\n'), isEncoded: false }); }
      open = undefined;
    } else if (open) {
      open.lines.push(line);
    } else {
      const word = /(?<!<)<<[-~]?[ \t]{0,4}["'\\]?([A-Za-z_][\w-]{0,60})/.exec(line)?.[1];
      if (word !== undefined) { open = { word, path: targetsOf(line)[0]?.replace(/["']/g, ''), lines: [] }; }
    }
  }
  return found;
}

/** Whether every service of a compose file says so itself. */
function isOnHost(text: string): boolean {
  const lines = text.split('\n').filter(line => /^\s*[^\s#]/.test(line));
  const start = lines.findIndex(line => /^\s*services:\s*(?:#.*)?$/.test(line));
  const around = indentOf(lines[start] ?? '');
  const below = lines.slice(start + 1);
  const end = below.findIndex(line => indentOf(line) <= around);
  const services: string[][] = [];
  for (const line of start < 0 ? [] : end < 0 ? below : below.slice(0, end)) {
    if (indentOf(line) === indentOf(below[0])) { services.push([line]); } else { services[services.length - 1]?.push(line); }
  }
  return services.length > 0 && services.every(service => service.some(line => /^\s*network_mode:\s*["']?host["']?\s*(?:#.*)?$/.test(line)));
}

function indentOf(line: string): number {
  return line.search(/\S|$/);
}
