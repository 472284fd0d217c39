/** CloudFormation takes 1 MB; what is far beyond it would keep us busy for nothing. */
export const MAX_BYTES = 8 * 1024 * 1024;

/** A report has what a whole app is made of, and findings in words. */
export const MAX_REPORT_BYTES = 128 * 1024 * 1024;

export function tooLarge(bytes: number): string {
  return `${megabytes(bytes)} is far beyond the 1 MB that CloudFormation takes; files up to ${megabytes(MAX_BYTES)} are read`;
}

export function tooLargeReport(bytes: number): string {
  return `${megabytes(bytes)} is too much for a report; files up to ${megabytes(MAX_REPORT_BYTES)} are read`;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MB`;
}
