import { App } from 'aws-cdk-lib';
import { ContainerStack } from './containers';
import { DeliveryStack, ShopStage } from './delivery';
import { DeveloperStack } from './developers';
import { FleetStack } from './fleets';
import { LegacyStack } from './legacy';
import { NetworkStack } from './network';
import { ImdsGuard } from '../../src'; // in your app: from 'cdk-imds-guard'

const app = new App();

// Right after `new App()`: a pipeline synthesizes its stages as soon as they are added.
if (app.node.tryGetContext('guard') === 'on') ImdsGuard.enforce(app);

const { vpc } = new NetworkStack(app, 'Network');
new FleetStack(app, 'Fleets', { vpc });
new ContainerStack(app, 'Containers', { vpc });
new DeveloperStack(app, 'Developers', { vpc });
new LegacyStack(app, 'Legacy', { vpc });
new ShopStage(app, 'Staging');
new DeliveryStack(app, 'Delivery');
