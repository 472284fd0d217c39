import { join } from 'path';
import { InputTemplate, MetadataEntry } from './input-template';
import { AGAIN, Artifact, NOT_THERE } from './manifest';
import { parseJson } from './parse-json';
import { isFault } from './parsed';
import { readFile } from './read-file';
import { decode } from './text';
import { Problem } from '../engine/findings/report';
import { isObject, JsonObject } from '../engine/json/json';

/** What matters whatever the template says; the rest is read only where construct paths are missing in the template. */
const KEPT = /aws:cdk:acknowledged-rules/;
const ASSET = 'aws:cdk:asset';

/** What CDK recorded about the constructs of a stack and its nested stacks, in the manifest or in a file of its own. */
export class StackMetadata {
  private readonly text: string;
  private readonly file: string;
  private entries?: readonly (readonly [path: string, entry: JsonObject])[];
  private paths?: ReadonlyMap<string, readonly string[]>;
  private stacks?: readonly StackPath[];

  /** The file is taken apart only where something in it matters; what is wrong with it is reported then. */
  public constructor(private readonly artifact: Artifact, directory: string, name: string, private readonly onProblem: (problem: Problem) => void) {
    const { metadataFile = '' } = artifact;
    this.file = `${name}/${metadataFile}`;
    const content = metadataFile === '' ? undefined : readFile(join(directory, metadataFile), this.file, NOT_THERE);
    if (content && 'problem' in content) { onProblem(content.problem); }
    this.text = content && 'bytes' in content ? decode(content.bytes) : '{}';
  }

  /** Acknowledgements and the like, by construct path. */
  public get kept(): InputTemplate['metadata'] {
    if (!KEPT.test(this.text) && Object.keys(this.artifact.metadata).length === 0) { return undefined; }
    const kept = new Map<string, MetadataEntry[]>();
    for (const [path, { type, data }] of this.all()) {
      if (typeof type === 'string' && KEPT.test(type)) { kept.set(path, [...kept.get(path) ?? [], { type, data }]); }
    }
    return kept.size > 0 ? kept : undefined;
  }

  /** Assets that a stack lists itself, as the synthesizer of CDK 1 does. */
  public get assets(): JsonObject[] {
    if (!this.text.includes(`"${ASSET}"`) && Object.keys(this.artifact.metadata).length === 0) { return []; }
    return this.all().flatMap(([, { type, data }]) => type === ASSET && isObject(data) ? [data] : []);
  }

  /** Logical ids are unique within a template, and a stack is recorded together with its nested stacks. */
  public constructPath(stack: string, templateFile: string, logicalId: string): string | undefined {
    this.stacks ??= this.all().flatMap(([path, entry]) => stackPathIn(path, entry) ?? []);
    this.paths ??= pathsByLogicalId(this.all());
    const own = this.stacks.find(each => each.templateFile === templateFile)?.path ?? this.stacks.find(({ path }) => path === stack)?.path;
    const found = this.paths.get(logicalId)?.filter(path => stackAround(path, this.stacks!) === own) ?? [];
    return found.length === 1 ? found[0] : undefined;
  }

  /** Where constructs were made, by their paths. Before the spring of 2026 the trace stood beside the logical id, in CDK 2 with `--debug`. */
  public get creationStacks(): ReadonlyMap<string, readonly string[]> {
    const stacks = new Map<string, readonly string[]>();
    for (const [path, { type, data, trace }] of this.all()) {
      const frames = type === 'aws:cdk:creationStack' ? data : type === 'aws:cdk:logicalId' && !stacks.has(path) ? trace : undefined;
      if (Array.isArray(frames)) { stacks.set(path, frames.filter(each => typeof each === 'string')); }
    }
    return stacks;
  }

  private all(): readonly (readonly [string, JsonObject])[] {
    if (!this.entries) {
      this.entries = Object.entries({ ...this.artifact.metadata, ...this.readFile() }).flatMap(([path, entries]) => (
        (Array.isArray(entries) ? entries : []).filter(isObject).map(entry => [path.replace(/^\//, ''), entry] as const)
      ));
    }
    return this.entries;
  }

  private readFile(): JsonObject {
    const parsed = parseJson(this.text);
    if (isFault(parsed)) {
      const { message, ...position } = parsed;
      this.onProblem({ file: this.file, message: `${message.split(';')[0]}; ${AGAIN}`, ...position });
    } else if (isObject(parsed.value)) {
      return parsed.value;
    }
    return {};
  }
}

function pathsByLogicalId(entries: readonly (readonly [string, JsonObject])[]): ReadonlyMap<string, readonly string[]> {
  const paths = new Map<string, string[]>();
  for (const [path, { type, data }] of entries) {
    if (type === 'aws:cdk:logicalId' && typeof data === 'string') { paths.set(data, [...paths.get(data) ?? [], path]); }
  }
  return paths;
}

interface StackPath {
  readonly path: string;
  readonly templateFile?: string;
}

/** Newer versions of CDK record the template of every stack; with older ones a nested stack is reported by the construct beside it. */
function stackPathIn(path: string, { type, data }: JsonObject): StackPath | undefined {
  if (type === 'aws:cdk:templateFile') { return { path, templateFile: String(data) }; }
  const [, nested] = /^(.*)\.NestedStack\/[^/]*$/.exec(path) ?? [];
  return nested === undefined ? undefined : { path: nested };
}

/** The innermost stack that a construct is in, as far as it was recorded. */
function stackAround(path: string, stacks: readonly StackPath[]): string | undefined {
  return stacks.map(stack => stack.path).filter(stack => path.startsWith(`${stack}/`)).sort((a, b) => b.length - a.length)[0];
}
