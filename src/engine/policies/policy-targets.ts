import { quoted } from '../text/quoted';

const TARGET = /^(?:r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|\d{12})$/;

/** What is wrong with what a policy is to be attached to, or undefined. */
export function problemWithTarget(id: string): string | undefined {
  return TARGET.test(id) ? undefined
    : `a target must be the id of a root (r-ab12), of an organizational unit (ou-ab12-11111111) or of an account (12 digits), got ${quoted(id)}`;
}

/** What is wrong with the name of a policy of AWS Organizations, or undefined. */
export function problemWithName(name: string): string | undefined {
  return /^[\x20-\x7e]{1,128}$/.test(name) ? undefined : `the name of a policy must have 1 to 128 ASCII characters, got ${quoted(name)}`;
}

/** What is wrong with its description, or undefined. */
export function problemWithDescription(description: string): string | undefined {
  return description.length <= 512 ? undefined : `the description of a policy may have 512 characters, got ${description.length}`;
}
