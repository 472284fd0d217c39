import { isObject, isScalar } from '../json/json';

/** Whether an `AllowedPattern` matches a whole value. Elsewhere, since one that a template brings may take forever. */
export type MatchesPattern = (pattern: string, value: string) => boolean;

/**
 * Why CloudFormation would not take a value for a parameter; undefined where it would.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function whyNotTaken(declared: unknown, value: string, matches: MatchesPattern): string | undefined {
  if (!isObject(declared)) { return undefined; }
  const { Type: type, AllowedValues: allowed, AllowedPattern: pattern } = declared;
  if (typeof type === 'string' && type.startsWith('AWS::SSM::Parameter')) { return undefined; } // they are about the value behind the name
  const isList = typeof type === 'string' && (type === 'CommaDelimitedList' || type.startsWith('List<'));
  const parts = isList ? value.split(',').map(each => each.trim()) : [value];
  if ((type === 'Number' || type === 'List<Number>') && !parts.every(isNumber)) { return 'it takes a number'; }
  if (Array.isArray(allowed) && allowed.every(isScalar) && !parts.every(each => allowed.some(one => String(one) === each))) {
    return `it takes ${allowed.map(String).join(', ')}`;
  }
  if (typeof pattern === 'string' && !parts.every(each => matches(pattern, each))) { return `it takes what matches ${pattern}`; }
  const size = type === 'Number' ? { of: Number(value), least: declared.MinValue, most: declared.MaxValue } : { of: value.length, least: declared.MinLength, most: declared.MaxLength };
  const unit = type === 'Number' ? '' : ' characters';
  if (isScalar(size.least) && size.of < Number(size.least)) { return `it takes ${String(size.least)}${unit} or more`; }
  return isScalar(size.most) && size.of > Number(size.most) ? `it takes ${String(size.most)}${unit} or fewer` : undefined;
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}
