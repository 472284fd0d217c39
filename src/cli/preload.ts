import { appendFileSync } from 'fs';
import { join } from 'path';
import { Terminal } from './terminal';
import { withPreload } from '../preload/node-options';
import { Mistake } from '../settings/mistake';

/** How the path is printed. */
export interface PreloadOptions {
  readonly shell?: boolean;
  readonly github?: boolean;
  readonly docker?: boolean;
  readonly plugin?: boolean;
}

/** In GitHub's file of variables; GitHub takes no `NODE_OPTIONS` there. */
const GITHUB_VARIABLE = 'IMDS_GUARD_NODE_OPTIONS';

/** Prints what guards every CDK app of a machine: the file for `NODE_OPTIONS`, or a line that sets the variable. */
export function preload(options: PreloadOptions, { env, preload: path, stdout, stderr }: Pick<Terminal, 'env' | 'preload' | 'stdout' | 'stderr'>): void {
  const forms = Object.entries(options).filter(([, wanted]) => wanted).map(([name]) => name);
  if (forms.length > 1) { throw new Mistake(`--${forms.join(' and --')} do not go together; give one`); }
  if (/[\n\r]/.test(path)) { throw new Mistake('the package is in a folder with a line break in its name, which NODE_OPTIONS cannot hold; move it'); }
  if (options.github) {
    appendToGithub(withPreload(env.NODE_OPTIONS, path), env);
    stderr(`imds-guard: GitHub takes no NODE_OPTIONS for later steps, so each step that synthesizes needs  env: { NODE_OPTIONS: \${{ env.${GITHUB_VARIABLE} }} }\n`);
  } else {
    stdout(`${options.shell ? shellLine(withPreload(env.NODE_OPTIONS, path))
      : options.docker ? dockerLine(withPreload(undefined, path))
        : options.plugin ? join(path, '..', 'cdk-plugin.js') : path}\n`);
  }
}

function shellLine(value: string): string {
  return `export NODE_OPTIONS='${value.replaceAll('\'', '\'\\\'\'')}'`;
}

/** With what the image has already. */
function dockerLine(value: string): string {
  return `ENV NODE_OPTIONS="${value.replace(/["\\$]/g, '\\$&')} \${NODE_OPTIONS:-}"`;
}

/** @see https://github.blog/changelog/2023-10-05-github-actions-node_options-is-now-restricted-from-github_env */
function appendToGithub(value: string, { GITHUB_ENV: file }: Terminal['env']): void {
  if (!file) { throw new Mistake('--github is for a step of a GitHub workflow, where GITHUB_ENV names a file; use --shell elsewhere'); }
  try {
    appendFileSync(file, `${GITHUB_VARIABLE}=${value}\n`);
  } catch (error) {
    throw new Mistake(`${file}: it cannot be written (${(error as NodeJS.ErrnoException).code}); GITHUB_ENV must name a file`);
  }
}
