import { expressionsAt, Placed } from './expressions-at';
import { EACH, Step } from '../surfaces/surface';

/** A resource type whose resources bring or name a template of their own. It launches nothing itself; what is in the template may. */
export interface NestedTemplateType {
  readonly type: string;

  /** Where the address of a template is, below `Properties`. */
  readonly url?: readonly Step[];

  /** Where a template stands as text, below `Properties`. */
  readonly body?: readonly Step[];

  /** It is deployed beside the stack that holds it, in the same account and Region. */
  readonly isBeside?: true;

  /** Where it hands values to the template's parameters, below `Properties`. What it hands nothing to has its default. */
  readonly parameters?: readonly Step[];

  /** Where some of its stacks get values of their own. Without any stack, whoever adds one may choose what the resource does not. */
  readonly overrides?: readonly Step[];

  /** How an element of a list spells the name of a parameter and its value. */
  readonly pair?: { readonly key: string; readonly value: string };

  /** Somebody else launches the template, and chooses the values of its parameters. */
  readonly leavesParameters?: true;

  /** Where it says its own name and those of its templates, below `Properties`. */
  readonly names?: { readonly own: string; readonly versions: readonly Step[] };

  /** It has no template, but names one that has: the type of that, and where, below `Properties`. */
  readonly named?: NamedTemplate;
}

export interface NamedTemplate {
  readonly type: string;

  /** Where what `Ref` gives stands. */
  readonly id: string;

  /** Where the name stands, if no id does. It is an attribute as well, of the same name. */
  readonly name: string;

  /** Where the name of one of its templates stands. */
  readonly version: string;
}

/** Sorted by type. Beside the launch surfaces, the only place that names resource types. */
export const NESTED_TEMPLATE_TYPES: readonly NestedTemplateType[] = [
  { type: 'AWS::CloudFormation::ChangeSet', url: ['TemplateURL'], body: ['TemplateBody'], isBeside: true },
  { type: 'AWS::CloudFormation::Stack', url: ['TemplateURL'], isBeside: true, parameters: ['Parameters'] },
  {
    type: 'AWS::CloudFormation::StackSet',
    url: ['TemplateURL'],
    body: ['TemplateBody'],
    parameters: ['Parameters'],
    overrides: ['StackInstancesGroup', EACH, 'ParameterOverrides'],
    pair: { key: 'ParameterKey', value: 'ParameterValue' },
  },
  {
    type: 'AWS::SageMaker::Project',
    url: ['TemplateProviderDetails', EACH, 'CfnTemplateProviderDetail', 'TemplateURL'],
    parameters: ['TemplateProviderDetails', EACH, 'CfnTemplateProviderDetail', 'Parameters'],
    pair: { key: 'Key', value: 'Value' },
  },
  {
    type: 'AWS::Serverless::Application',
    url: ['Location'], // a path, an address, or an application of the repository by its ARN
    isBeside: true,
    parameters: ['Parameters'],
  },
  { type: 'AWS::ServerlessRepo::Application', body: ['TemplateBody'], leavesParameters: true },
  {
    type: 'AWS::ServiceCatalog::CloudFormationProduct',
    url: ['ProvisioningArtifactParameters', EACH, 'Info', 'LoadTemplateFromURL'],
    leavesParameters: true,
    names: { own: 'Name', versions: ['ProvisioningArtifactParameters', EACH, 'Name'] },
  },
  {
    type: 'AWS::ServiceCatalog::CloudFormationProvisionedProduct',
    named: { type: 'AWS::ServiceCatalog::CloudFormationProduct', id: 'ProductId', name: 'ProductName', version: 'ProvisioningArtifactName' },
    parameters: ['ProvisioningParameters'],
    pair: { key: 'Key', value: 'Value' },
  },
];

const BY_TYPE = new Map(NESTED_TEMPLATE_TYPES.map(row => [row.type, row]));

/** The row of a CloudFormation type, if its resources bring templates. */
export function nestedTemplateTypeOf(type: string): NestedTemplateType | undefined {
  return BY_TYPE.get(type);
}

/** A template that a resource brings: its address, or its text. */
export interface NestedTemplate extends Placed {
  readonly kind: 'url' | 'body';
}

/** Every template that a resource may bring, through every branch. */
export function nestedTemplatesIn({ url, body }: NestedTemplateType, properties: unknown): NestedTemplate[] {
  const at = (kind: NestedTemplate['kind'], steps?: readonly Step[]): NestedTemplate[] => (
    steps ? expressionsAt(properties, steps).map(each => ({ ...each, kind })) : []
  );
  return [...at('url', url), ...at('body', body)];
}
