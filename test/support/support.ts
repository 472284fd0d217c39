process.env.JSII_DEPRECATED = 'quiet'; // deprecations of aws-cdk-lib are none of these tests' business
process.env.CDK_VALIDATION = 'false'; // CDK's own validation of templates takes 1.7 s a process; cloudformation-schema.test.ts switches it on

import { readFileSync } from 'fs';
import { join } from 'path';
import { App, AppProps, Aspects, AspectPriority, CfnResource, Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { ImdsGuard, RequireImdsv2, RequireImdsv2Props } from '../../src';

export type Json = { [key: string]: any };

/** The ways to enforce that must agree. */
export const WAYS = {
  aspect: (scope: IConstruct, props?: RequireImdsv2Props) => Aspects.of(scope).add(new RequireImdsv2(props), { priority: AspectPriority.MUTATING }),
  guard: (scope: IConstruct, props?: RequireImdsv2Props) => ImdsGuard.enforce(scope, props),
  mixin: (scope: IConstruct, props?: RequireImdsv2Props) => void scope.with(new RequireImdsv2(props)),
} as const;

export type Way = keyof typeof WAYS;

export function newApp(context: Json = {}, props: AppProps = {}): App {
  return new App({ analyticsReporting: false, context: { '@aws-cdk/core:aspectStabilization': true, ...context }, ...props });
}

/** A stack with what `build` puts in it, enforced, as a template. */
export function enforced(build: (stack: Stack) => unknown, props?: RequireImdsv2Props, way: Way = 'aspect', context: Json = {}): Json {
  const stack = new Stack(newApp(context), 'Stack');
  build(stack);
  WAYS[way](stack, props);
  return templateOf(stack);
}

/** The template as it is written, also where the validator fails: newer versions of CDK throw then, `Template.fromStack` with them. */
export function templateOf(stack: Stack): Json {
  outcomeOf(stack.node.root as Stage);
  return JSON.parse(readFileSync(join(Stage.of(stack)!.outdir, stack.templateFile), 'utf8'));
}

/** The properties of the only resource of a type. */
export function only(template: Json, type: string): Json {
  const found = Object.values<Json>(template.Resources).filter(resource => resource.Type === type);
  expect(found).toHaveLength(1);
  return found[0].Properties;
}

export function generic(scope: IConstruct, id: string, type: string, properties: Json): CfnResource {
  return new CfnResource(scope as Stack, id, { type, properties });
}

/** Every annotation below a construct, as `<path> <level> <id>`. */
export function told(root: IConstruct): string[] {
  return root.node.findAll().flatMap(construct => construct.node.metadata
    .filter(({ type }) => /^aws:cdk:(warning|info|error)$/.test(type))
    .map(({ type, data }) => `${construct.node.path} ${type.slice(8)} ${/\[ack: (?:annotation::)?cdk-imds-guard:([^\]]+)\]/i.exec(String(data))?.[1] ?? data}`));
}

export function messages(root: IConstruct): string {
  return root.node.findAll().flatMap(construct => construct.node.metadata.map(({ data }) => String(data))).join('\n');
}

/** Synthesizes without CDK's validation report on the terminal, and without its exit code. */
export function quietly<T>(synth: () => T): T {
  const { exitCode } = process;
  const spies = [jest.spyOn(console, 'error').mockImplementation(() => {}), jest.spyOn(console, 'log').mockImplementation(() => {})];
  try {
    return synth();
  } finally {
    spies.forEach(spy => spy.mockRestore());
    process.exitCode = exitCode;
  }
}

/** What CDK prints while it synthesizes, with its exit code or the error it throws. */
export function outcomeOf(app: Stage): { output: string; failed: boolean } {
  const lines: string[] = [];
  const { exitCode } = process;
  process.exitCode = undefined;
  const keep = (...args: unknown[]): void => void lines.push(args.join(' '));
  const spies = [jest.spyOn(console, 'error').mockImplementation(keep), jest.spyOn(console, 'log').mockImplementation(keep)];
  let failed = false;
  try {
    app.synth();
  } catch (error) {
    failed = true;
    lines.push((error as Error).message);
  } finally {
    spies.forEach(spy => spy.mockRestore());
    failed ||= process.exitCode === 1;
    process.exitCode = exitCode;
  }
  return { output: lines.join('\n'), failed };
}
