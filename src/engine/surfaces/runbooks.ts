import { JSON_TEXT, Step } from './surface';

/** A document of AWS that launches instances, or says how they answer, once an automation is started from it. */
export interface Runbook {
  readonly name: string;

  /** What it does with instances, as the second half of a sentence. */
  readonly does: string;

  /** AWS's page about it. */
  readonly page: string;

  /** The parameter that decides about version 1, with the way to the value in it. Absent: it has none, so nobody outside of AWS can tell. */
  readonly tokens?: { readonly path: readonly [string, ...Step[]]; readonly required: string; readonly weak: string };

  /** The parameter that switches the endpoint, `enabled` or `disabled`. */
  readonly endpoint?: readonly [string, ...Step[]];

  /** AWS documents that version 1 is answered where the parameter is not given. */
  readonly isWeakBySilence?: true;
}

const SSM = 'https://docs.aws.amazon.com/systems-manager-automation-runbooks/latest/userguide';
const METADATA_OPTIONS: Pick<Runbook, 'tokens' | 'endpoint' | 'isWeakBySilence'> = {
  tokens: { path: ['MetadataOptions', JSON_TEXT, 'HttpTokens'], required: 'required', weak: 'optional' },
  endpoint: ['MetadataOptions', JSON_TEXT, 'HttpEndpoint'],
  isWeakBySilence: true,
};
const HTTP_TOKENS: Pick<Runbook, 'tokens' | 'isWeakBySilence'> = { tokens: { path: ['HttpTokens'], required: 'required', weak: 'optional' }, isWeakBySilence: true };
const DISABLE_V1: Required<Pick<Runbook, 'tokens'>> = { tokens: { path: ['DisableIMDSv1'], required: 'true', weak: 'false' } };

/**
 * AWS's own documents, sorted by name. Those that launch nothing, or only ever require version 2, have no row.
 *
 * Where AWS's page names no parameter, what the launch step inside asks for is not published.
 */
export const RUNBOOKS: readonly Runbook[] = [
  { name: 'AWS-CreateDSManagementInstance', does: 'launches an instance', page: `${SSM}/automation-awssupport-create-ds-management-instance.html` },
  { name: 'AWS-CreateEKSClusterWithNodegroup', does: 'makes a node group', page: `${SSM}/aws-createeksclusterwithnodegroup.html` },
  { name: 'AWS-CreateManagedLinuxInstance', does: 'launches an instance', page: `${SSM}/automation-aws-createmanagedlinuxinstance.html`, ...HTTP_TOKENS },
  { name: 'AWS-CreateManagedWindowsInstance', does: 'launches an instance', page: `${SSM}/automation-aws-createmanagedwindowsinstance.html`, ...HTTP_TOKENS },
  {
    name: 'AWS-MigrateToNewEKSSelfManagedNodeGroup',
    does: 'makes a node group',
    page: `${SSM}/aws-migratetoneweksselfmanagedlinuxnodegroup.html`,
    ...DISABLE_V1,
    isWeakBySilence: true,
  },
  { name: 'AWS-SetupJupyter', does: 'launches an instance where it is given none', page: `${SSM}/aws-setup-jupyter.html` },
  // the page prints no default
  { name: 'AWS-UpdateEKSSelfManagedLinuxNodeGroups', does: 'renews a node group', page: `${SSM}/aws-updateeksselfmanagedlinuxnodegroup.html`, ...DISABLE_V1 },
  { name: 'AWS-UpdateLinuxAmi', does: 'launches the instance that the image is made from', page: `${SSM}/automation-aws-updatelinuxami.html`, ...METADATA_OPTIONS },
  { name: 'AWS-UpdateWindowsAmi', does: 'launches the instance that the image is made from', page: `${SSM}/automation-aws-updatewindowsami.html`, ...METADATA_OPTIONS },
  { name: 'AWSEC2-CloneInstanceAndUpgradeSQLServer', does: 'launches a copy of an instance', page: `${SSM}/automation-awsec2-CloneInstanceAndUpgradeSQLServer.html` },
  { name: 'AWSEC2-CloneInstanceAndUpgradeWindows', does: 'launches a copy of an instance', page: `${SSM}/automation-awsec2-CloneInstanceAndUpgradeWindows.html` },
  { name: 'AWSEC2-SQLServerDBRestore', does: 'launches an instance where it is given none', page: `${SSM}/automation-awsec2-sqlserverdbrestore.html` },
  { name: 'AWSSupport-CloneXenEC2InstanceAndMigrateToNitro', does: 'launches a copy of an instance', page: `${SSM}/automation-awssupport-clonexenec2instanceandmigratetonitro.html` },
  {
    name: 'AWSSupport-ConfigureEC2Metadata', // its steps set optional, and check that it is, where the parameter is not given
    does: 'sets the metadata options of an instance',
    page: `${SSM}/automation-awssupport-configureec2metadata.html`,
    tokens: { path: ['EnforceIMDSv2'], required: 'required', weak: 'optional' },
    endpoint: ['MetadataAccess'],
    isWeakBySilence: true,
  },
  { name: 'AWSSupport-CopyEC2Instance', does: 'launches a copy of an instance', page: `${SSM}/automation-awssupport-copyec2instance.html` },
  { name: 'AWSSupport-ExecuteEC2Rescue', does: 'launches a helper instance', page: `${SSM}/automation-awssupport-executeec2rescue.html` },
  { name: 'AWSSupport-MigrateXenToNitroLinux', does: 'launches a copy of an instance', page: `${SSM}/automation-awssupport-migrate-xen-to-nitro.html` },
  { name: 'AWSSupport-ResetAccess', does: 'launches a helper instance', page: `${SSM}/automation-awssupport-resetaccess.html` },
  { name: 'AWSSupport-ResetLinuxUserPassword', does: 'launches a helper instance', page: `${SSM}/automation-awssupport-resetlinuxuserpassword.html` },
  { name: 'AWSSupport-RestoreEC2InstanceFromSnapshot', does: 'launches an instance', page: `${SSM}/automation-awssupport-restoreec2instancefromsnapshot.html` },
  { name: 'AWSSupport-SetupIPMonitoringFromVPC', does: 'launches an instance', page: `${SSM}/automation-awssupport-setupipmonitoringfromvpc.html` },
  { name: 'AWSSupport-StartEC2RescueWorkflow', does: 'launches a helper instance', page: `${SSM}/automation-awssupport-startec2rescueworkflow.html` },
];

const BY_NAME = new Map(RUNBOOKS.map(runbook => [runbook.name, runbook]));

/** The document that is meant by a name, with a version or not, or by an ARN of a document or of an automation definition. */
export function runbookOf(name: string): Runbook | undefined {
  const [, last = ''] = /([\w.-]+)(?::[^:/]*)?$/.exec(name) ?? [];
  return BY_NAME.get(last);
}
