import { Request, Script } from './requests';
import { functionAround } from './wrappers';

/** `[ "$imds_version" = 1 ]`, `[[ $version -eq 2 ]]` */
const COMPARISON = /\$\{?(\w{0,40}(?:version|imds)\w{0,40})\}?["']?\s{1,4}(?:==?|-eq)\s{1,4}["']?v?([12])["']?(?=\s|;|$)/gi;

/** `metadata_v1`, `getMetadataV1`, `imdsv1` */
const FOR_VERSION_1 = /(?:[_-]v|imdsv|[a-z]V)1$/;

/**
 * Requests of functions for version 1 in a script that has the same function for version 2. Which one it uses is chosen when it runs, and where
 * version 2 is required nobody chooses version 1.
 */
export function inVersionedFunctions(requests: readonly Request[], { text }: Script): Request[] {
  if (!requests.some(({ kind }) => kind === 'version 2')) { return []; }
  return requests.filter(({ command, kind }) => {
    const name = kind === 'version 1' ? functionAround(command) : undefined;
    return name !== undefined && FOR_VERSION_1.test(name) && isDefined(name.replace(/1$/, '2'), text);
  });
}

function isDefined(name: string, text: string): boolean {
  return new RegExp(`(?:^|\\n)[ \\t]{0,40}(?:function[ \\t]{1,4}${name}(?![\\w-])|${name}[ \\t]{0,4}\\()`, 'i').test(text);
}

/** Whether a condition is that version 1 is chosen, in a script that asks elsewhere whether version 2 is. */
export function choiceTest({ text }: Script): (condition: string) => boolean {
  const compared = (given: string, version: string): string[] => {
    return [...given.matchAll(COMPARISON)].filter(([, , to]) => to === version).map(([, name]) => name);
  };
  const choices = new Set(compared(text, '2'));
  return condition => choices.size > 0 && compared(condition, '1').some(name => choices.has(name));
}
