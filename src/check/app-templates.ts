import { existsSync } from 'fs';
import { resolve } from 'path';
import { CfnResource, IConstruct, Stack, Stage } from '../cdk/cdk';
import { Problem } from '../engine/findings/report';
import { readAssembly } from '../input/assembly';
import { InputTemplate } from '../input/input-template';
import { readFile } from '../input/read-file';
import { readTemplate } from '../input/read-template';
import { AppConstructs, StackConstructs } from '../tree/app-constructs';

/** A template with the constructs that it was made from. */
export interface AppTemplate {
  readonly input: InputTemplate;

  /** Its stack in the tree. A template that CDK took from a file has none. */
  readonly stack?: Stack;

  /** The stack, or else the construct that brings the template. */
  readonly scope: IConstruct;
  readonly resources: ReadonlyMap<string, CfnResource>;
}

export interface AppTemplates {
  /** By the id of the template. */
  readonly templates: ReadonlyMap<string, AppTemplate>;
  readonly problems: readonly Problem[];
}

/** Reads the finished templates of an app as `imds-guard check` does, so that both know the same. */
export function readAppTemplates(app: IConstruct, { stacks }: AppConstructs): AppTemplates {
  const { templates: inputs, problems } = readAssembly((app as Stage).outdir, undefined, {
    pathOf: (path, logicalId) => stacks.get(path)?.resources.get(logicalId)?.node.path,
  });
  const read = new Set([...inputs.map(({ path }) => path), ...problems.map(({ file }) => resolve(file))]);
  const unlisted = [...stacks].filter(([path]) => !read.has(path) && existsSync(path)).map(([path, { stack }]) => readUnlisted(path, stack));
  const templates = new Map<string, AppTemplate>();
  const bringers = new Map<string, IConstruct>();
  for (const input of [...inputs, ...unlisted.flatMap(each => each.input ?? [])]) { // a template comes before those inside it
    const known: StackConstructs | undefined = input.within || input.path === undefined ? undefined : stacks.get(input.path);
    const { stack, resources = new Map<string, CfnResource>() } = known ?? {};
    const scope = stack ?? bringers.get(input.id) ?? app;
    templates.set(input.id, { input, stack, scope, resources });
    input.children?.forEach((ids, logicalId) => ids.forEach(id => bringers.set(id, resources.get(logicalId) ?? scope)));
  }
  return { templates, problems: stacks.size === 0 ? [] : [...problems, ...unlisted.flatMap(each => each.problems)] };
}

/** A synthesizer of the user's own may write a template that the assembly does not list. What of it cannot be read is told, too. */
function readUnlisted(path: string, stack: Stack): { readonly input?: InputTemplate; readonly problems: readonly Problem[] } {
  const content = readFile(path, path);
  const read = 'bytes' in content ? readTemplate(content.bytes, path, { isListed: true }) : content;
  if ('problem' in read) { return { problems: [read.problem] }; }
  const { template, format, flaws = [] } = read;
  return { problems: flaws, input: { id: path, file: path, path, template, format, stack: stack.node.path, constructPaths: new Map() } };
}
