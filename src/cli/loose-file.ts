import { readDeployedTemplate } from './deployed-template';
import { beginsAsTemplate, isHardlyOther, isNamedAsTemplate, isOftenOther, looksLikeTemplate, mayBeTemplate } from './template-names';
import { Problem } from '../engine/findings/report';
import { isOfModules } from '../engine/templates/modules';
import { readFile } from '../input/read-file';
import { isTemplate, NoTemplate, ReadTemplate } from '../input/read-template';
import { unlikeText } from '../input/text';

/** What a file outside cloud assemblies holds: a template, a problem, or no business of ours. */
export type LooseFile = LooseTemplate | { readonly outcome: 'problem'; readonly problem: Problem } | { readonly outcome: 'skipped' };

export interface LooseTemplate {
  readonly outcome: 'read';
  readonly read: ReadTemplate;

  /** How many resources are in the file. */
  readonly resources: number;

  /** What the file held, where it cannot be read again. */
  readonly bytes?: Buffer;
}

/** A file in a folder is only taken for a template if it has one of these. */
const SECTIONS = ['Resources', 'AWSTemplateFormatVersion'];

/** A file that the user named must be a template; one that was found in a folder may be anything. `file` is how the user knows it. */
export function readLooseFile(path: string, file: string, isNamed: boolean): LooseFile {
  const content = readFile(path, file);
  const mayBeAnything = !isNamed && !isNamedAsTemplate(file);
  if ('problem' in content) {
    const isOther = content.isTooLarge && !isNamed && !isHardlyOther(file) && !beginsAsTemplate(path);
    return isOther ? { outcome: 'skipped' } : { outcome: 'problem', problem: content.problem };
  }
  const { bytes, isPipe } = content;
  const refusal = unlikeText(bytes);
  if (refusal !== undefined) {
    const isOther = !isNamed && !mayBeTemplate(file) && !looksLikeTemplate(bytes);
    return isOther ? { outcome: 'skipped' } : { outcome: 'problem', problem: { file, message: refusal } };
  }
  if (mayBeAnything && !(isOftenOther(file) ? looksLikeTemplate(bytes) : mentionsTemplate(bytes))) { return { outcome: 'skipped' }; }
  const read = readDeployedTemplate(bytes, file);
  if (!isTemplate(read)) { return isNamed || isMeant(read, file) ? { outcome: 'problem', problem: read.problem } : { outcome: 'skipped' }; }
  if (!isNamed && !SECTIONS.some(name => Object.hasOwn(read.template, name)) && !isOfModules(read.template)) { return { outcome: 'skipped' }; }
  return { outcome: 'read', read, resources: resourcesIn(read), ...isPipe && { bytes } };
}

export function resourcesIn({ template }: ReadTemplate): number {
  return Object.keys(template.Resources ?? {}).length;
}

/** One that does not mention a section cannot be a template, and need not be parsed. UTF-16 has a NUL between the letters. */
function mentionsTemplate(bytes: Buffer): boolean {
  const mentions = (name: string): boolean => bytes.includes(name) || bytes.includes(name, 0, 'utf16le');
  return SECTIONS.some(mentions) || (mentions('Modules') && mentions('Source')) || bytes[0] === 0xfe;
}

function isMeant({ isMeant: byContent, isMalformed }: NoTemplate, file: string): boolean {
  return byContent || (isMalformed && isNamedAsTemplate(file));
}
