import { join } from 'path';
import { parseJson } from './parse-json';
import { isFault } from './parsed';
import { readFile } from './read-file';
import { decode } from './text';
import { Problem } from '../engine/findings/report';
import { isObject, JsonObject } from '../engine/json/json';

export const MANIFEST = 'manifest.json';
export const AGAIN = 'run `cdk synth` again';
export const NOT_THERE = `the cloud assembly lists this file, but it is not there; ${AGAIN}`;

/** What matters here of an artifact. */
export interface Artifact {
  readonly id: string;
  readonly type: unknown;
  readonly environment?: string;
  readonly displayName?: string;
  readonly properties: JsonObject;

  /** By construct path, here or in a file of its own. */
  readonly metadata: JsonObject;
  readonly metadataFile?: string;
}

export type ReadManifest = { readonly artifacts: readonly Artifact[] } | { readonly problem: Problem };

/**
 * Reads the manifest of a cloud assembly. What is read here has been the same since CDK 0.36, so a newer version is no reason to refuse.
 *
 * @param name how the user knows the directory
 * @see https://github.com/aws/aws-cdk-cli/tree/main/packages/@aws-cdk/cloud-assembly-schema
 */
export function readManifest(directory: string, name: string): ReadManifest {
  const file = `${name}/${MANIFEST}`;
  const read = readJson(join(directory, MANIFEST), file);
  if ('problem' in read) { return read; }
  const { version, artifacts = {} } = read.json;
  const refuse = (message: string): ReadManifest => ({ problem: { file, message: `${message}; ${AGAIN}` } });
  const [, major, minor] = typeof version === 'string' ? /^(\d+)\.(\d+)\.\d+/.exec(version) ?? [] : [];
  if (major === undefined) { return refuse('no manifest of a cloud assembly: it has no \'version\' such as 36.0.0'); }
  if (Number(major) === 0 && Number(minor) < 36) { return refuse(`version ${String(version)} of the manifest cannot be read, 0.36.0 is the first; use a newer CDK`); }
  if (!isObject(artifacts)) { return refuse('broken manifest: \'artifacts\' must be an object'); }
  const broken = Object.keys(artifacts).find(id => !isObject(artifacts[id]));
  return broken === undefined
    ? { artifacts: Object.entries(artifacts).map(([id, artifact]) => artifactOf(id, artifact as JsonObject)) }
    : refuse(`broken manifest: artifact '${broken}' must be an object`);
}

function artifactOf(id: string, { type, environment, displayName, properties, metadata, additionalMetadataFile }: JsonObject): Artifact {
  return {
    id,
    type,
    environment: textOf(environment),
    displayName: textOf(displayName),
    properties: isObject(properties) ? properties : {},
    metadata: isObject(metadata) ? metadata : {},
    metadataFile: textOf(additionalMetadataFile),
  };
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** An object in a JSON file of a cloud assembly. */
export function readJson(path: string, name: string): { readonly json: JsonObject } | { readonly problem: Problem } {
  const content = readFile(path, name, NOT_THERE);
  if ('problem' in content) { return content; }
  const parsed = parseJson(decode(content.bytes));
  if (isFault(parsed)) { return { problem: { file: name, ...parsed, message: `${parsed.message.split(';')[0]}; ${AGAIN}` } }; }
  return isObject(parsed.value) ? { json: parsed.value } : { problem: { file: name, message: `an object was expected in this file; ${AGAIN}` } };
}
