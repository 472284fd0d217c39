import { App, Aspects, aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { MetadataOptions } from '../examples/imds/metadata-service';
import { RequireImdsv2 } from '../src';

const HOP_LIMITS = [1, 2, 3];

/** The options in the template of an app whose launch templates differ in the hop limit: as it is, and with the guard. */
export function settingsOfTemplates(): MetadataOptions[] {
  return [...synthesized(false), ...synthesized(true)];
}

function synthesized(guarded: boolean): MetadataOptions[] {
  const app = new App({ analyticsReporting: false });
  if (guarded) Aspects.of(app).add(new RequireImdsv2()); // the guard would print its report, too
  const stack = new Stack(app, 'Lab');
  for (const httpPutResponseHopLimit of HOP_LIMITS) {
    new ec2.CfnLaunchTemplate(stack, `Hops${httpPutResponseHopLimit}`, {
      launchTemplateData: { metadataOptions: { httpTokens: 'optional', httpPutResponseHopLimit } },
    });
  }
  const { Resources } = app.synth().getStackByName(stack.stackName).template;
  return HOP_LIMITS.map(hops => Resources[`Hops${hops}`].Properties.LaunchTemplateData.MetadataOptions);
}
