/** CloudFormation takes 1 MB; what is far beyond it would keep us busy for nothing. */
export const MAX_BYTES = 8 * 1024 * 1024;

export function tooLarge(bytes: number): string {
  const megabytes = (count: number): string => `${Math.round(count / 1024 / 1024)} MB`;
  return `${megabytes(bytes)} is far beyond the 1 MB that CloudFormation takes; files up to ${megabytes(MAX_BYTES)} are read`;
}
