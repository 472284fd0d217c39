import { aws_cloud9 as cloud9, aws_ec2 as ec2, aws_iam as iam, aws_imagebuilder as imagebuilder, aws_sagemaker as sagemaker, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';

export interface DeveloperStackProps {
  readonly vpc: ec2.IVpc;
}

/** What developers and data scientists use: image builds, a notebook, an editor. */
export class DeveloperStack extends Stack {
  public constructor(scope: Construct, id: string, { vpc }: DeveloperStackProps) {
    super(scope, id);
    this.containerImageBuild();

    const role = new iam.Role(this, 'NotebookRole', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
    new sagemaker.CfnNotebookInstance(this, 'Notebook', { instanceType: 'ml.t3.medium', roleArn: role.roleArn });

    new cloud9.CfnEnvironmentEC2(this, 'Editor', {
      imageId: 'amazonlinux-2023-x86_64',
      instanceType: 't3.small',
      subnetId: vpc.publicSubnets[0].subnetId,
    });
  }

  private containerImageBuild() {
    const role = new iam.Role(this, 'BuildRole', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
    const profile = new iam.InstanceProfile(this, 'BuildProfile', { role });
    const infrastructure = new imagebuilder.CfnInfrastructureConfiguration(this, 'BuildHosts', {
      name: 'company-builds',
      instanceProfileName: profile.instanceProfileName,
    });
    const recipe = new imagebuilder.CfnContainerRecipe(this, 'BaseImageRecipe', {
      name: 'company-base',
      version: '1.0.0',
      containerType: 'DOCKER',
      parentImage: 'amazonlinux:2023',
      dockerfileTemplateData: 'FROM {{{ imagebuilder:parentImage }}}\n{{{ imagebuilder:environments }}}\n{{{ imagebuilder:components }}}\n',
      components: [{ componentArn: `arn:${this.partition}:imagebuilder:${this.region}:aws:component/update-linux/x.x.x` }],
      targetRepository: { service: 'ECR', repositoryName: 'company-base' },
    });
    new imagebuilder.CfnImagePipeline(this, 'BaseImagePipeline', {
      name: 'company-base',
      containerRecipeArn: recipe.attrArn,
      infrastructureConfigurationArn: infrastructure.attrArn,
    });
  }
}
