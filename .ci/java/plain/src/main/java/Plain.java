import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.CfnInstance;

public class Plain {
  public static void main(final String[] args) {
    App app = new App();
    Stack stack = new Stack(app, "Stack");
    CfnInstance.Builder.create(stack, "Instance").imageId("ami-0123456789abcdef0").build();
    app.synth();
  }
}
