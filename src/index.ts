export * from './require-imdsv2-props';
export * from './require-imdsv2';
export * from './imds-guard';
export * from './imds-validator';
export * from './imds-checks';
export * from './imds-exemption';
export * from './imdsv2-instance';
export * from './imdsv2-launch-template';
