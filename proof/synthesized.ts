import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { PublicApp } from './app';
import { checkout } from './checkout';
import { install } from './install';
import { synthesize } from './synthesize';

const PRELOAD = join(__dirname, '..', 'lib', 'preload', 'preload.js');

/** Where the checkouts are, and where copies, packages and assemblies go. */
export interface Folders {
  readonly checkouts: string;
  readonly work: string;
}

/** How the runs of one app went. */
export interface Synthesized {
  readonly app: PublicApp;
  /** Why it does not synthesize as it is. Then there is nothing else. */
  readonly skipped?: string;
  /** The version of aws-cdk-lib. */
  readonly library?: string;
  /** Why it does not synthesize guarded. */
  readonly failure?: string;
  readonly seconds?: { readonly plain: number; readonly guarded: number };
}

/** The assemblies of an app: two without the guard, so that what differs between any two runs is known, and one with it. */
export function assembliesOf({ name }: PublicApp, { work }: Folders): { readonly first: string; readonly second: string; readonly guarded: string } {
  const [first, second, guarded] = ['first', 'second', 'guarded'].map(each => join(work, 'apps', name, each));
  return { first, second, guarded };
}

/** Synthesizes a copy of an app without and with the guard, by its own command. */
export async function synthesizeBoth(app: PublicApp, folders: Folders): Promise<Synthesized> {
  const { first, second, guarded } = assembliesOf(app, folders);
  let source: string;
  try {
    source = checkout(app, folders.checkouts, folders.work);
    await install(source, folders.work);
  } catch (error) {
    return { app, skipped: error instanceof Error ? error.message.split('\n')[0] : String(error) };
  }
  const warm = await synthesize(app, source, first); // not timed: the runs that follow find compiled and bundled what this one made
  if (warm.failure) { return { app, skipped: warm.failure }; }
  const library = versionOf('aws-cdk-lib', source, app.path);
  const withGuard = await synthesize(app, source, guarded, PRELOAD);
  if (withGuard.failure) { return { app, library, failure: withGuard.failure }; }
  const without = await synthesize(app, source, second);
  return { app, library, seconds: { plain: without.seconds, guarded: withGuard.seconds } };
}

function versionOf(name: string, source: string, path = '.'): string {
  const found = [join(source, path), source].map(folder => join(folder, 'node_modules', name, 'package.json')).find(existsSync);
  return found ? JSON.parse(readFileSync(found, 'utf8')).version : 'unknown';
}
