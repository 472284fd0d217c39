import { closeSync, openSync, readSync } from 'fs';
import { isBeanstalkConfig } from '../input/beanstalk-config';

/** What files of a folder are called that may be templates. */
const MAY_BE = /\.(json|ya?ml|template|cfn|tpl)$/i;

/** What only templates are called, as CDK and SAM call them. */
const IS = /(^|[.-])template\.(json|ya?ml)$/i;

/** What hardly anything else is called. */
const SELDOM_OTHER = /\.(template|cfn)$/i;

/** What scripts, charts and other text with places to fill in are called as often. */
const OFTEN_OTHER = /\.tpl$/i;

/** So much of a file is looked at before it is read. */
const START = 64 * 1024;

/** A script may have a template in it, and is none. */
const LOOKS_LIKE_TEMPLATE = /^\s*\{(?!\{)[^]*"(?:AWSTemplateFormatVersion|Resources)"\s*:|^(?!#!|\s*\{\{)(?:[^]*\n)?["']?(?:AWSTemplateFormatVersion|Resources)["']?\s*:/;

export function mayBeTemplate(file: string): boolean {
  return MAY_BE.test(file) || isBeanstalkConfig(file);
}

export function isNamedAsTemplate(file: string): boolean {
  return IS.test(file) || isBeanstalkConfig(file);
}

/** Whether a file that is too large to be read must not be passed over. */
export function isHardlyOther(file: string): boolean {
  return IS.test(file) || SELDOM_OTHER.test(file);
}

/** Whether a name says so little that the file must begin as a template does. */
export function isOftenOther(file: string): boolean {
  return OFTEN_OTHER.test(file);
}

/** Whether bytes begin as a template does, in any encoding of text. */
export function looksLikeTemplate(bytes: Buffer): boolean {
  const text = bytes.toString('latin1', 0, START).replace(/^(?:\u00ff\u00fe|\u00fe\u00ff|\u00ef\u00bb\u00bf)/, '').replaceAll('\0', '');
  return LOOKS_LIKE_TEMPLATE.test(text);
}

/** Whether a file begins as a template does. What cannot be opened does not. */
export function beginsAsTemplate(path: string): boolean {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const bytes = Buffer.alloc(START);
    return looksLikeTemplate(bytes.subarray(0, readSync(file, bytes, 0, START, 0)));
  } catch {
    return false;
  } finally {
    if (file !== undefined) { closeSync(file); }
  }
}
