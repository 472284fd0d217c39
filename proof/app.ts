import { readFileSync } from 'fs';
import { join } from 'path';

/** A public CDK app, and what it takes to synthesize it without an account. */
export interface PublicApp {
  readonly name: string;
  /** `owner/name`, on GitHub. */
  readonly repo: string;
  readonly commit: string;
  /** The folder of `package.json`. @default - that of the repository */
  readonly root?: string;
  /** The folder of `cdk.json`, below the root. @default - the root */
  readonly path?: string;
  /** What stands in the place of `app` in `cdk.json`. */
  readonly app?: string;
  /** What the app asks of whoever deploys it: `-c` of the command line. */
  readonly context?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Samples of the repository that its pages say to copy: the copy, and its source below the root. */
  readonly copies?: Readonly<Record<string, string>>;
  /** Keys of look-ups in an account, which are answered by `stubOf`. */
  readonly lookups?: readonly string[];
  /** The guard must stop this app, since something launches with version 1 that it cannot write: a part of what it says. */
  readonly stopped?: string;
}

export function publicApps(): readonly PublicApp[] {
  return JSON.parse(readFileSync(join(__dirname, 'apps.json'), 'utf8'));
}
