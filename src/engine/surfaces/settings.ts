/** The settings of a scope, checked. */
export interface Settings {
  readonly httpPutResponseHopLimit?: number;
  readonly maxHttpPutResponseHopLimit?: number;
  readonly httpEndpoint?: boolean;

  /** Launch templates elsewhere that are trusted: ids, names, or what stands for them (a parameter, an export, a dynamic reference). */
  readonly allowedLaunchTemplates?: { has(template: string): boolean };
}

export const HOP_LIMITS = { min: 1, max: 64 } as const;

const PAGE = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceMetadataOptionsRequest.html';

export function isHopLimit(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= HOP_LIMITS.min && (value as number) <= HOP_LIMITS.max;
}

/** The hop limits that are allowed, in words. */
export function numberUpTo(max: number = HOP_LIMITS.max): string {
  return max === HOP_LIMITS.min ? String(max) : `a number from ${HOP_LIMITS.min} to ${max}`;
}

/** Throws with the value, the range and the AWS page when a setting is out of range. */
export function checkSettings(settings: Settings): void {
  for (const name of ['httpPutResponseHopLimit', 'maxHttpPutResponseHopLimit'] as const) {
    const value = settings[name];
    if (value !== undefined && !isHopLimit(value)) {
      throw new Error(`'${name}' must be a whole number from ${HOP_LIMITS.min} to ${HOP_LIMITS.max}, got ${described(value)}; see ${PAGE}`);
    }
  }
  checkFlag('httpEndpoint', settings.httpEndpoint);
  const { httpPutResponseHopLimit: given, maxHttpPutResponseHopLimit: max } = settings;
  if (given !== undefined && max !== undefined && given > max) {
    throw new Error(`'httpPutResponseHopLimit' ${given} is above 'maxHttpPutResponseHopLimit' ${max}; lower the one or raise the other`);
  }
}

/** Plain JavaScript takes any value, and `'false'` is true there. */
export function checkFlag(name: string, value: unknown): void {
  if (value !== undefined && value !== null && typeof value !== 'boolean') { throw new TypeError(`'${name}' must be true or false, got ${described(value)}`); }
}

/**
 * A value that a caller gave, for a message. CDK encodes a number token as a huge negative number, which would puzzle the reader;
 * an object may be a construct, which has circles.
 */
export function described(value: unknown): string {
  if (typeof value === 'object' && value !== null) { return Array.isArray(value) ? 'a list' : 'an object'; }
  if (value === undefined) { return 'undefined'; }
  if (typeof value !== 'number') { return JSON.stringify(value) ?? `a ${typeof value}`; }
  return value < -1e100 && Number.isFinite(value) ? 'a token, whose value is not known at synthesis; give a number, or override the property of the resource' : String(value);
}
