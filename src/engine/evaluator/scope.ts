import { ParameterArguments } from './parameter-arguments';
import { PathCondition } from './path-condition';
import { TemplateSource } from './source';
import { isObject, JsonObject } from '../json/json';

/** An expression and the template that it belongs to. */
export interface Located {
  readonly value: unknown;
  readonly scope: Scope;

  /** The condition of that template under which it is there. */
  readonly condition?: unknown;

  /** What is taken for granted there. */
  readonly when?: PathCondition;

  /** The address of the resource there that holds the template which it is given to. */
  readonly parent?: string;
}

/** A resource that brings a template, and the template that it is in. */
export interface Holder {
  readonly scope: Scope;
  readonly logicalId: string;
}

/** What a template learns from others. */
export interface OtherTemplates {
  /** What parent stacks and the like hand to a parameter, those of the resources that are meant. */
  argumentsFor(scope: Scope, parameter: string, mayBeParent: (parent: string) => boolean): ParameterArguments<Located>;

  /** What a nested stack gives out. */
  output(scope: Scope, logicalId: string, output: string): readonly Located[];

  /** What is exported under a name within the same environment. */
  exported(scope: Scope, name: string): readonly Located[];

  /** What a stack gives out, in a Region or, where none is named, in that of the scope. */
  stackOutput(scope: Scope, stack: string, output: string, region?: string): readonly Located[];

  /** The templates that a resource brings, as far as they are among those that are judged. */
  children(scope: Scope, logicalId: string): readonly Scope[];

  /** The resources that bring a template. */
  holders(scope: Scope): readonly Holder[];

  /** The templates that may import what this one exports. */
  importers(scope: Scope): readonly Scope[];

  /** All templates but this one, wherever they are deployed. */
  others(scope: Scope): readonly Scope[];

  /** Whether there may be several stacks with this template. */
  isShared(scope: Scope): boolean;

  /** Whether every template that a resource brings is among those that are judged. */
  isRead(scope: Scope, logicalId: string): boolean;
}

const MAX_FUNCTIONS = 1_000_000;

/** The sections of a template that its expressions refer to. */
export class Scope {
  public readonly id: string;
  public readonly parameters: JsonObject;
  public readonly mappings: JsonObject;
  public readonly conditions: JsonObject;
  public readonly outputs: JsonObject;
  public readonly resources: JsonObject;

  /** How many functions may be followed for what the template has beside its launch surfaces, so that a hostile one comes to an end. */
  public readonly budget: { left: number };

  /**
   * @param source the template; without one every name is taken for a resource, as in a construct tree
   * @param otherTemplates the templates beside it
   */
  public constructor(public readonly source?: TemplateSource, public readonly otherTemplates?: OtherTemplates) {
    this.id = source?.id ?? '';
    this.budget = { left: source ? MAX_FUNCTIONS : Infinity };
    this.parameters = parametersOf(source);
    this.mappings = sectionOf(source?.template, 'Mappings');
    this.conditions = sectionOf(source?.template, 'Conditions');
    this.outputs = sectionOf(source?.template, 'Outputs');
    this.resources = sectionOf(source?.template, 'Resources');
  }

  /** Names a resource among those of all templates. */
  public addressOf(logicalId: string): string {
    return this.id === '' ? logicalId : `${this.id} ${logicalId}`;
  }

  /** Whether there may be several stacks with this template, each with conditions and parameters of its own. */
  public isShared(): boolean {
    return this.otherTemplates?.isShared(this) ?? false;
  }

  /** Whether a name may be a resource. */
  public mayHave(logicalId: string): boolean {
    return !this.source || Object.hasOwn(this.resources, logicalId);
  }

  /** The value of a pseudo parameter, as far as the environment tells. */
  public pseudoParameter(name: string): string | undefined {
    switch (name) {
      case 'AWS::AccountId': return environmentOf(this)[0];
      case 'AWS::Region': return environmentOf(this)[1];
      case 'AWS::StackName': return this.source?.stackName;
      default: return undefined;
    }
  }
}

/** An address as users know it, without the template that it is in. */
export function logicalIdIn(address: string): string {
  return address.slice(address.lastIndexOf(' ') + 1);
}

/** A section of a template; empty where it is not there or is no object. */
export function sectionOf(template: unknown, name: string): JsonObject {
  const found = isObject(template) && Object.hasOwn(template, name) ? template[name] : undefined;
  return isObject(found) ? found : {};
}

/** Those of the template, and what the template around it has put into its text. */
function parametersOf(source: TemplateSource | undefined): JsonObject {
  const parameters = sectionOf(source?.template, 'Parameters');
  if (!source?.placeholders) { return parameters; }
  return { ...parameters, ...Object.fromEntries([...source.placeholders.keys()].map(name => [name, {}])) };
}

/** In the same account and Region, or the one that is named, as far as is known. */
export function isNear(one: Scope | undefined, other: Scope | undefined, region?: string): boolean {
  if (one === other && region === undefined) { return true; }
  const [[account, ownRegion], there] = [environmentOf(one), environmentOf(other)];
  return [account, region ?? ownRegion].every((each, i) => each === undefined || there[i] === undefined || each === there[i]);
}

/** CDK writes `aws://unknown-account/unknown-region` where a stack may be deployed anywhere. */
function environmentOf(scope: Scope | undefined): [account: string | undefined, region: string | undefined] {
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(scope?.source?.environment ?? '') ?? [];
  return [account === 'unknown-account' ? undefined : account, region === 'unknown-region' ? undefined : region];
}
