import { statSync } from 'fs';
import { basename, dirname, resolve } from 'path';
import { readDeployedTemplate } from './deployed-template';
import { LooseFile, LooseTemplate, readLooseFile, resourcesIn } from './loose-file';
import { shownPath } from './shown-path';
import { Problem } from '../engine/findings/report';
import { isObject, JsonObject } from '../engine/json/json';
import { InputTemplate, Surroundings } from '../input/input-template';
import { isTemplate } from '../input/read-template';
import { TemplateReader } from '../input/template-reader';

/** What became of a file. */
export type Outcome = LooseFile['outcome'];

const STDIN = '<stdin>';

/**
 * Up to so many resources every template waits for those after it: a parent stack may come late, and has a say in its nested stacks.
 * In larger runs, what can be judged alone goes after a few.
 */
const FIRST_WAIT = 20_000;
const LATER_WAIT = 1_000;

/** Templates outside cloud assemblies. They may refer to each other, so they are judged together. */
export class LooseTemplates {
  private readonly reader = new TemplateReader();
  private readonly surroundings: Surroundings;
  private readonly alone: string[] = [];
  private waiting = 0;
  private longestWait = FIRST_WAIT;
  private readonly passedOver: string[] = [];

  public constructor(private readonly cwd: string) {
    this.surroundings = { nameOf: path => shownPath(path, cwd), find: nearby };
  }

  /** A file that the user named must be a template; one that was found in a folder may be anything. `ahead`: what was found in it already. */
  public readFile(path: string, isNamed: boolean, ahead?: LooseFile): Outcome {
    const file = shownPath(path, this.cwd);
    if (this.reader.has(file)) { return 'read'; } // inside a template that was read before
    const found = ahead ?? readLooseFile(path, file, isNamed);
    switch (found.outcome) {
      case 'read': this.add(found, { file, path, ...found.bytes && { bytes: found.bytes } }); break;
      case 'problem': this.refuse(found.problem); break;
      case 'skipped': this.passOver(path); break;
    }
    return found.outcome;
  }

  /** What the user calls it may be a path, so that reports lead there; it must not be that of another template. */
  public readStdin(bytes: Buffer, name?: string, isTaken = false): Outcome {
    const file = name === undefined ? STDIN : shownPath(resolve(this.cwd, name), this.cwd);
    if (isTaken || this.reader.has(file)) { return this.refuse({ file, message: 'standard input is called as a file that is checked too; give it another name' }); }
    const read = readDeployedTemplate(bytes, file);
    if (!isTemplate(read)) { return this.refuse(read.problem); }
    this.add({ read, resources: resourcesIn(read) }, { file, bytes });
    return 'read';
  }

  /** What is no template is only counted. */
  public passOver(path: string): void {
    this.passedOver.push(path);
  }

  public refuse(problem: Problem): Outcome {
    this.reader.problems.push(problem);
    return 'problem';
  }

  /** Whether it is time to let go what can be judged alone. */
  public get isFull(): boolean {
    return this.waiting > this.longestWait;
  }

  /** What can be judged alone. Its files stay known. */
  public takeAlone(): InputTemplate[] {
    this.waiting = 0;
    this.longestWait = LATER_WAIT;
    return this.alone.splice(0).map(id => this.take(id));
  }

  /** All that is left. */
  public takeRest(): { templates: InputTemplate[]; problems: Problem[]; passedOver: readonly string[] } {
    return { templates: [...this.reader.templates.keys()].map(id => this.take(id)), problems: this.reader.problems, passedOver: this.passedOver };
  }

  private take(id: string): InputTemplate {
    const template = this.reader.templates.get(id)!;
    this.reader.templates.delete(id);
    return { ...template, address: id };
  }

  private add({ read, resources }: Pick<LooseTemplate, 'read' | 'resources'>, origin: Pick<InputTemplate, 'file' | 'path' | 'bytes'>): void {
    const place = { stack: stackOf(origin.file), surroundings: this.surroundings };
    const { id, isSelfContained } = this.reader.add(read, place, { id: origin.file, ...origin });
    if (!isSelfContained()) { return; }
    this.alone.push(id);
    this.waiting += resources;
  }
}

function stackOf(file: string): string {
  return basename(file).replace(/(\.template)?\.(json|ya?ml|template|cfn|tpl)$/i, '');
}

/** As `aws cloudformation package` finds nested templates: by a path from the template, or by what CDK noted. */
function nearby(address: unknown, property: string, { Metadata: metadata }: JsonObject, from: string | undefined): string | undefined {
  const noted = isObject(metadata) && metadata['aws:asset:property'] === property ? metadata['aws:asset:path'] : undefined;
  const path = noted ?? address;
  if (typeof path !== 'string' || from === undefined || /^[a-z0-9]+:\/\//i.test(path)) { return undefined; }
  const found = resolve(dirname(from), path);
  return statSync(found, { throwIfNoEntry: false })?.isFile() ? found : undefined;
}
