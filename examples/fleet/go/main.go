package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"
)

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Gateway"), nil)
	awsec2.NewCfnInstance(stack, jsii.String("Host"), &awsec2.CfnInstanceProps{
		ImageId:      jsii.String("ami-0123456789abcdef0"),
		InstanceType: jsii.String("t3.micro"),
	})
	app.Synth(nil)
}
