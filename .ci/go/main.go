package main

import (
	"fmt"
	"log"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"
	guard "github.com/cdk-imds-guard/cdk-imds-guard-go/cdkimdsguard"
)

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	guard.ImdsGuard_Enforce(app, nil)
	stack := awscdk.NewStack(app, jsii.String("Stack"), nil)
	awsec2.NewCfnInstance(stack, jsii.String("Instance"), &awsec2.CfnInstanceProps{ImageId: jsii.String("ami-0123456789abcdef0")})

	template := fmt.Sprint(app.Synth(nil).GetStackByName(jsii.String("Stack")).Template())
	if !strings.Contains(template, "HttpTokens:required") {
		log.Fatal(template)
	}
	fmt.Println("go: HttpTokens is required")
}
