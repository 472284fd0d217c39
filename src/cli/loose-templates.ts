import { statSync } from 'fs';
import { basename, dirname, resolve } from 'path';
import { readDeployedTemplate } from './deployed-template';
import { shownPath } from './shown-path';
import { InputTemplate, Surroundings } from '../input/input-template';
import { readFile } from '../input/read-file';
import { TemplateReader } from '../input/template-reader';
import { isObject, JsonObject } from '../private/json';
import { Problem } from '../private/report';
import { isTemplate, NoTemplate, ReadTemplate } from '../read-template';

/** What became of a file: a template, a problem, or no business of ours. */
export type Outcome = 'read' | 'problem' | 'skipped';

const STDIN = '<stdin>';

/** A file in a folder is only taken for a template if it has one of these. */
const SECTIONS = ['Resources', 'AWSTemplateFormatVersion'];
const NAMED_AS_TEMPLATE = /(^|[.-])template\.(json|ya?ml)$/i;

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
  private skipped = 0;

  public constructor(private readonly cwd: string) {
    this.surroundings = { nameOf: path => shownPath(path, cwd), find: nearby };
  }

  /** A file that the user named must be a template; one that was found in a folder may be anything. */
  public readFile(path: string, isNamed: boolean): Outcome {
    const file = shownPath(path, this.cwd);
    if (this.reader.has(file)) { return 'read'; } // inside a template that was read before
    const content = readFile(path, file);
    const mayBeAnything = !isNamed && !NAMED_AS_TEMPLATE.test(file);
    if ('problem' in content) { return content.isTooLarge && mayBeAnything ? this.skip() : this.refuse(content.problem); }
    const { bytes, isPipe } = content;
    if (mayBeAnything && !mentionsTemplate(bytes)) { return this.skip(); }
    const read = readDeployedTemplate(bytes, file);
    if (!isTemplate(read)) { return isNamed || isMeant(read, file) ? this.refuse(read.problem) : this.skip(); }
    if (!isNamed && !SECTIONS.some(name => Object.hasOwn(read.template, name))) { return this.skip(); }
    this.add(read, isPipe ? { file, path, bytes } : { file, path });
    return 'read';
  }

  public readStdin(bytes: Buffer): Outcome {
    const read = readDeployedTemplate(bytes, STDIN);
    if (!isTemplate(read)) { return this.refuse(read.problem); }
    this.add(read, { file: STDIN, bytes });
    return 'read';
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
  public takeRest(): { templates: InputTemplate[]; problems: Problem[]; skipped: number } {
    return { templates: [...this.reader.templates.keys()].map(id => this.take(id)), problems: this.reader.problems, skipped: this.skipped };
  }

  private take(id: string): InputTemplate {
    const template = this.reader.templates.get(id)!;
    this.reader.templates.delete(id);
    return { ...template, address: id };
  }

  private add(read: ReadTemplate, origin: Pick<InputTemplate, 'file' | 'path' | 'bytes'>): void {
    const place = { stack: stackOf(origin.file), surroundings: this.surroundings };
    const { id, isSelfContained } = this.reader.add(read, place, { id: origin.file, ...origin });
    if (!isSelfContained()) { return; }
    this.alone.push(id);
    this.waiting += Object.keys(read.template.Resources ?? {}).length;
  }

  private skip(): Outcome {
    this.skipped++;
    return 'skipped';
  }
}

/** One that does not mention a section cannot be a template, and need not be parsed. UTF-16 has a NUL between the letters. */
function mentionsTemplate(bytes: Buffer): boolean {
  return SECTIONS.some(name => bytes.includes(name) || bytes.includes(name, 0, 'utf16le')) || bytes[0] === 0xfe;
}

function isMeant({ isMeant: byContent, isMalformed }: NoTemplate, file: string): boolean {
  return byContent || (isMalformed && NAMED_AS_TEMPLATE.test(file));
}

function stackOf(file: string): string {
  return basename(file).replace(/(\.template)?\.(json|ya?ml|template)$/i, '');
}

/** As `aws cloudformation package` finds nested templates: by a path from the template, or by what CDK noted. */
function nearby(address: unknown, property: string, { Metadata: metadata }: JsonObject, from: string | undefined): string | undefined {
  const noted = isObject(metadata) && metadata['aws:asset:property'] === property ? metadata['aws:asset:path'] : undefined;
  const path = noted ?? address;
  if (typeof path !== 'string' || from === undefined || /^[a-z0-9]+:\/\//i.test(path)) { return undefined; }
  const found = resolve(dirname(from), path);
  return statSync(found, { throwIfNoEntry: false })?.isFile() ? found : undefined;
}
