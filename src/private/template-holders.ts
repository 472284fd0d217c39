import { expressionsAt, Placed } from './expressions-at';
import { EACH, Step } from './surface';

/** A resource type whose resources bring a template of their own. It launches nothing itself; what is in the template may. */
export interface TemplateHolder {
  readonly type: string;

  /** Where the address of a template is, below `Properties`. */
  readonly url?: readonly Step[];

  /** Where a template stands as text, below `Properties`. */
  readonly body?: readonly Step[];

  /** It is deployed beside the stack that holds it, in the same account and Region. */
  readonly isBeside?: true;
}

/** Sorted by type. Beside the launch surfaces, the only place that names resource types. */
export const TEMPLATE_HOLDERS: readonly TemplateHolder[] = [
  { type: 'AWS::CloudFormation::ChangeSet', url: ['TemplateURL'], body: ['TemplateBody'], isBeside: true },
  { type: 'AWS::CloudFormation::Stack', url: ['TemplateURL'], isBeside: true },
  { type: 'AWS::CloudFormation::StackSet', url: ['TemplateURL'], body: ['TemplateBody'] },
  { type: 'AWS::SageMaker::Project', url: ['TemplateProviderDetails', EACH, 'CfnTemplateProviderDetail', 'TemplateURL'] },
  { type: 'AWS::Serverless::Application', url: ['Location'], isBeside: true }, // a path, an address, or an application of the repository by its ARN
  { type: 'AWS::ServerlessRepo::Application', body: ['TemplateBody'] },
  { type: 'AWS::ServiceCatalog::CloudFormationProduct', url: ['ProvisioningArtifactParameters', EACH, 'Info', 'LoadTemplateFromURL'] },
];

const BY_TYPE = new Map(TEMPLATE_HOLDERS.map(holder => [holder.type, holder]));

/** The row of a CloudFormation type, if its resources bring templates. */
export function holderOf(type: string): TemplateHolder | undefined {
  return BY_TYPE.get(type);
}

/** A template that a resource brings: its address, or its text. */
export interface HeldTemplate extends Placed {
  readonly kind: 'url' | 'body';
}

/** Every template that a resource may bring, through every branch. */
export function heldTemplates({ url, body }: TemplateHolder, properties: unknown): HeldTemplate[] {
  const at = (kind: HeldTemplate['kind'], steps?: readonly Step[]): HeldTemplate[] => (
    steps ? expressionsAt(properties, steps).map(each => ({ ...each, kind })) : []
  );
  return [...at('url', url), ...at('body', body)];
}
