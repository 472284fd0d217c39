/** A resource type that keeps a value, or hands it to code, from where it reaches others in ways that no template shows. */
export interface ValueCarrier {
  readonly type: RegExp;

  /** Where others find the value by a name: `{{resolve:ssm:name}}`, or a parameter of a type that starts so. */
  readonly stored?: { readonly name: string; readonly value: string };
}

/** Types of parameters of a template whose default is the name of a stored value. */
export const STORED_PARAMETER = 'AWS::SSM::Parameter::Value<';

/** A stored value in its present version. One with a number does not move. What is not known of the name stands between marks. */
const STORED_REFERENCE = /^\{\{resolve:ssm:((?:[^:{}\u0000]|\u0000[^\u0000]*\u0000)+)\}\}$/;

const VALUE_CARRIERS: readonly ValueCarrier[] = [
  { type: /^AWS::CloudFormation::CustomResource$/ },
  { type: /^AWS::SSM::Parameter$/, stored: { name: 'Name', value: 'Value' } },
  { type: /^Custom::/ },
];

export function valueCarrierOf(type: string): ValueCarrier | undefined {
  return VALUE_CARRIERS.find(carrier => carrier.type.test(type));
}

/** Whether a text or an expression may read a stored value: most do not. */
export function mayReadStored(value: unknown): boolean {
  return (typeof value === 'string' ? value : JSON.stringify(value)).includes('{{resolve:ssm:');
}

/** The name of the stored value that a text stands for. */
export function storedNameIn(text: string): string | undefined {
  return STORED_REFERENCE.exec(text)?.[1];
}
