import { App } from 'aws-cdk-lib';
import { OrganizationStack } from './organization-stack';
import { phaseOf } from './phases';

/**
 * For the management account: `npx aws-cdk@2 deploy --context phase=measure`, and some weeks later the next phase. What each can break is in
 * docs/organization.md#rollout-order.
 */
const app = new App();

new OrganizationStack(app, 'Imds', {
  env: { account: '111122223333', region: 'eu-central-1' },
  phase: phaseOf(app.node.tryGetContext('phase') ?? 'measure'),
  organizationalUnitIds: ['ou-ab12-11111111'],
  regions: ['eu-central-1', 'us-east-1'],
});
