/** The path of the role of `ImdsAccountDefaults`, fixed so that policies made elsewhere can exempt it from the ban on changing the defaults. */
export const ACCOUNT_DEFAULTS_ROLE_PATH = '/cdk-imds-guard/account-defaults/';
