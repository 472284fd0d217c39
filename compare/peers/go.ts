import { must } from './peer';

/** Compiles the newest version of a Go program into the folder, and says which version, and where its module's files are. */
export function installGo(folder: string, module: string, command: string): { readonly version: string; readonly files: string } {
  const { Version, Dir } = JSON.parse(must('go', ['mod', 'download', '-json', `${module}@latest`], { cwd: folder }));
  must('go', ['install', '-p', '1', `${module}/${command}@${Version}`], { cwd: folder, env: { GOBIN: folder, CGO_ENABLED: '0' } });
  return { version: String(Version).replace(/^v/, ''), files: Dir };
}
