/**
 * What `cdk.ts` gives, for an app of whatever version and copy of aws-cdk-lib, bundled or not: nothing is loaded from the app.
 *
 * What a construct is says its mark, a global symbol that all of version 2 share. A class is taken from a construct at hand. Only tokens and
 * aspects are code of CDK's: they meet those of the app in global maps and symbols.
 */
import { Aspects, DefaultTokenResolver, Token, Tokenization } from 'aws-cdk-lib'; // the build takes these alone, see projenrc/bundle-guard.ts
import type * as cdk from './cdk';

export { Aspects, DefaultTokenResolver, Token, Tokenization };

type Class = new (...args: unknown[]) => object;

const isMarked = <T>(mark: string): ((value: unknown) => value is T) => {
  const symbol = Symbol.for(mark);
  return (value): value is T => value !== null && typeof value === 'object' && symbol in value;
};

const isStage = isMarked<cdk.Stage>('@aws-cdk/core.Stage');

export const Stage = {
  isStage,
  of: ({ node }: cdk.IConstruct): cdk.Stage | undefined => node.scopes.reverse().slice(1).find(isStage),
};

export const Stack = { isStack: isMarked<cdk.Stack>('@aws-cdk/core.Stack') };
export const CfnElement = { isCfnElement: isMarked<cdk.CfnElement>('@aws-cdk/core.CfnElement') };
export const Reference = { isReference: isMarked<cdk.Reference>('@aws-cdk/core.Reference') };

/** Makes what the app's own class makes. */
function Make(scope: cdk.Construct, id: string): object {
  return new (classesOf(scope).at(-1)!)(scope, id);
}

export const Construct = Object.assign(Make, { isConstruct: isMarked<cdk.IConstruct>('constructs.Construct') }) as unknown as typeof cdk.Construct;

/** The same; the scope is a resource, and so has the class. */
export const CfnResource = function (scope: cdk.CfnResource, id: string, props: cdk.CfnResourceProps): object {
  const base = classesOf(scope).find(each => Object.hasOwn(each, 'isCfnResource'));
  if (!base) { throw new Error(`${scope.node.path} is no resource of CloudFormation`); }
  return new base(scope, id, props);
} as unknown as typeof cdk.CfnResource;

/** From its own class to the first. */
function classesOf(value: object): Class[] {
  const classes: Class[] = [];
  for (let each = Object.getPrototypeOf(value); each && each !== Object.prototype; each = Object.getPrototypeOf(each)) {
    classes.push(each.constructor);
  }
  return classes;
}

const CUSTOM_SYNTHESIS = Symbol.for('@aws-cdk/core:customSynthesis');

export function attachCustomSynthesis(construct: cdk.IConstruct, synthesis: Parameters<typeof cdk.attachCustomSynthesis>[1]): void {
  Object.defineProperty(construct, CUSTOM_SYNTHESIS, { value: synthesis });
}

interface Acknowledgements {
  has(construct: cdk.IConstruct, id: string): boolean;
}

const ACKNOWLEDGEMENTS = Symbol.for('@aws-cdk/core.Acknowledgements');

/** What CDK's class of the name does, in every version: a line of metadata, once, unless its id is acknowledged. */
export class Annotations {
  public static of(construct: cdk.IConstruct): Annotations {
    return new Annotations(construct);
  }

  private constructor(private readonly construct: cdk.IConstruct) {}

  public addError(message: string): void {
    this.add('aws:cdk:error', message);
  }

  public addWarningV2(id: string, message: string): void {
    this.addAcknowledgeable('aws:cdk:warning', id, message);
  }

  public addInfoV2(id: string, message: string): void {
    this.addAcknowledgeable('aws:cdk:info', id, message);
  }

  private addAcknowledgeable(type: string, id: string, message: string): void {
    const { [ACKNOWLEDGEMENTS]: acknowledged } = this.construct.node.root as { [ACKNOWLEDGEMENTS]?: Acknowledgements };
    if (!acknowledged?.has(this.construct, id)) { this.add(type, `${message} [ack: ${id}]`); }
  }

  private add(type: string, text: string): void {
    const { node } = this.construct;
    if (!node.metadata.some(({ data }) => data === text)) { node.addMetadata(type, text); }
  }
}

type WithPlugins = cdk.Stage & {
  _addValidationPlugins?(plugin: cdk.IPolicyValidationPlugin): void;
};

export class Validations {
  public static readonly ACKNOWLEDGED_RULES_METADATA_KEY = 'aws:cdk:acknowledged-rules';

  public static of(construct: cdk.IConstruct): Validations {
    return new Validations(construct);
  }

  private constructor(private readonly construct: cdk.IConstruct) {}

  /** CDK before 2.257 knows no such plugins: there the check is run once the app is synthesized. */
  public addPlugins(plugin: cdk.IPolicyValidationPlugin): void {
    (this.construct as WithPlugins)._addValidationPlugins?.(plugin);
  }

  public addWarning(id: string, message: string): void {
    Annotations.of(this.construct).addWarningV2(`annotation::${id}`, message);
  }
}
