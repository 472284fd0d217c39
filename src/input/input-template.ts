import { InputNote } from './read-in-spite';
import { TemplateFormat } from './read-template';
import { Path } from '../engine/evaluator/expressions-at';
import { AssetFile, TemplateSource } from '../engine/evaluator/source';
import { JsonObject } from '../engine/json/json';

/** A template that was read, reduced to what judging needs. */
export interface InputTemplate extends TemplateSource {
  readonly template: JsonObject;

  /** As the user knows the file, with `/`. */
  readonly file: string;

  /** Where the file is; absent for standard input. */
  readonly path?: string;

  /** What the file held, where it cannot be read again. */
  readonly bytes?: Buffer;

  /** Of the file. */
  readonly format: TemplateFormat;

  /** Where the template stands in the file, if it is not the whole file. */
  readonly within?: Path;

  /** What is good to know about its text, such as keys that stand twice. */
  readonly notes?: readonly InputNote[];

  /** The stack as a user knows it: `Stage/App`, nested stacks behind their parent (`App/Network`). */
  readonly stack: string;

  /** What a template of no stack is known by from run to run: its file, and what holds it in there. */
  readonly address?: string;

  /** Construct paths by logical id, of the resources that matter here. */
  readonly constructPaths: ReadonlyMap<string, string>;

  /** Where the constructs of the stack were made, by construct path: read when it is asked for, since only findings need it. */
  readonly creationStacks?: () => CreationStacks;

  /** What CDK keeps beside the template that matters here, such as acknowledgements, by construct path. */
  readonly metadata?: ReadonlyMap<string, readonly MetadataEntry[]>;
}

/** Stack traces by construct path, the innermost frame first. */
export type CreationStacks = ReadonlyMap<string, readonly string[]>;

/** As CDK writes it. The data of `aws:cdk:acknowledged-rules` are reasons by rule. */
export interface MetadataEntry {
  readonly type: string;
  readonly data?: unknown;
}

/** What is known about a template before it is read. */
export interface Place extends Pick<InputTemplate, 'stack' | 'environment' | 'stackName' | 'isStack' | 'metadata' | 'creationStacks'> {
  readonly surroundings: Surroundings;

  /** An assembly names it as a template. */
  readonly isListed?: boolean;
}

/** What is around a template. */
export interface Surroundings {
  /** Said where a file is not there. */
  readonly missing?: string;

  /** How the user knows a file. */
  nameOf(path: string): string;

  /** The file that an address in a property of a resource means, if it is at hand. `from` is the file that says so. */
  find(address: unknown, property: string, holder: JsonObject, from: string | undefined): string | undefined;

  /** The text files that an address in a script or a property means, or that are in the folder that it means. */
  filesIn?(address: string): readonly AssetFile[];

  /** Construct paths that a template does not tell itself. */
  constructPath?(stack: string, path: string | undefined, logicalId: string): string | undefined;
}
