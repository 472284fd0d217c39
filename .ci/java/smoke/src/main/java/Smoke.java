import io.github.cdkimdsguard.ImdsGuard;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.CfnInstance;

public class Smoke {
  public static void main(String[] args) {
    App app = new App();
    ImdsGuard.enforce(app);
    CfnInstance.Builder.create(new Stack(app, "Stack"), "Instance").imageId("ami-0123456789abcdef0").build();
    Map<?, ?> template = (Map<?, ?>) app.synth().getStackByName("Stack").getTemplate();
    String found = String.valueOf(((Map<?, ?>) template.get("Resources")).get("Instance"));
    if (!found.contains("HttpTokens=required")) { throw new AssertionError(found); }
    System.out.println("java: HttpTokens is required");
  }
}
