import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/**
 * The licences, and notices, of every package of whose code some is in a bundle.
 *
 * Comments that esbuild keeps are not enough: most licences ask for their whole text, and few files carry it.
 */
export function thirdPartyLicenses(metafiles: readonly Metafile[]): string {
  const inputs = metafiles.flatMap(({ outputs }) => Object.values(outputs)).flatMap(output => Object.entries(output.inputs));
  const folders = inputs.flatMap(([file, { bytesInOutput }]) => bytesInOutput > 0 ? packageOf(file) ?? [] : []);
  const texts = [...new Set(folders)].map(textOf).sort();
  return ['The bundles in this package hold code of these packages.\n', ...texts].join('\n');
}

/** The folder of the innermost package that a file is in. */
function packageOf(file: string): string | undefined {
  return /^(?:[\w-]+:)?(.*\bnode_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
}

function textOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, string>;
  const files = readdirSync(folder).filter(file => /^(licen[cs]e|notice)(\.|$)/i.test(file)).sort();
  if (!files.some(file => /^licen/i.test(file))) { throw new Error(`${folder} has no text of its licence (${license}), which has to go with its code`); }
  return [`# ${name} ${version} (${license})\n`, ...files.map(file => `${readFileSync(join(folder, file), 'utf8').trim()}\n`)].join('\n');
}
