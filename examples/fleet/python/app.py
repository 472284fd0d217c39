from aws_cdk import App, Stack, aws_ec2 as ec2

app = App()
stack = Stack(app, "Science")
ec2.Instance(
    stack,
    "Notebook",
    vpc=ec2.Vpc(stack, "Vpc", max_azs=2),
    instance_type=ec2.InstanceType("t3.micro"),
    machine_image=ec2.MachineImage.latest_amazon_linux2023(),
)
app.synth()
