import { join } from 'path';
import { must } from './peer';

/** Installs the newest version of a Python package into an environment of its own, and says which. */
export function installPython(folder: string, name: string): string {
  must('python3', ['-m', 'venv', folder]);
  must(inPython(folder, 'pip'), ['install', '--quiet', '--disable-pip-version-check', '--upgrade', name]);
  const shown = must(inPython(folder, 'pip'), ['show', '--disable-pip-version-check', name]);
  return /^Version: (.*)$/m.exec(shown)![1];
}

export function inPython(folder: string, program: string): string {
  return join(folder, 'bin', program);
}
