import { isObject } from '../json/json';

/**
 * A module makes resources of any type when the stack is deployed.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/modules.html
 */
export function isModule(type: string): boolean {
  return type.endsWith('::MODULE') || isLocalModule(type);
}

/**
 * A module in a file of its own, which is written out before the stack is deployed; `$alias/file` is Rain's way to name one of a package.
 *
 * @see https://github.com/aws/aws-cli/pull/9124
 * @see https://github.com/aws-cloudformation/rain/blob/main/README.md#packaging
 */
export function isLocalModule(type: string): boolean {
  return type === 'LocalModule' || type.startsWith('$');
}

/** What stands beside the resources of a template, and brings others before the stack is deployed. */
export interface LocalModules {
  readonly section: string;
  readonly name: string;

  /** The file, where it is named. */
  readonly source?: string;
}

/** The sections that bring modules. */
export const MODULE_SECTIONS: readonly string[] = ['Modules', 'Rain'];

/** The modules of a template, in the section of the AWS CLI and of Rain, and Rain's own section. */
export function localModulesOf(template: unknown): LocalModules[] {
  if (!isObject(template)) { return []; }
  const modules = Object.hasOwn(template, 'Modules') && isObject(template.Modules) ? Object.entries(template.Modules) : [];
  const rain = Object.hasOwn(template, 'Rain') ? [{ section: 'Rain', name: 'Rain' }] : [];
  return [...modules.map(([name, module]) => ({ section: 'Modules', name, source: sourceOf(module) })), ...rain];
}

/** Whether a file without resources is a template all the same: every one of its modules says where it is. */
export function isOfModules(value: unknown): boolean {
  const modules = localModulesOf(value).filter(({ section }) => section === 'Modules');
  return modules.length > 0 && modules.every(({ source }) => source !== undefined);
}

function sourceOf(module: unknown): string | undefined {
  return isObject(module) && typeof module.Source === 'string' ? module.Source : undefined;
}
