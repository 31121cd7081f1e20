import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// Runs test classes until one fails, or all of them with `--all`; says `FAILED name` of each that
/// fails, and `PASSED count` at the end.
final class RunTests implements TestExecutionListener {
    private final boolean all;
    private int passed;
    private boolean failed;

    private RunTests(boolean all) {
        this.all = all;
    }

    public static void main(String[] arguments) {
        RunTests listener = new RunTests(List.of(arguments).contains("--all"));
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
        for (String name : arguments) {
            if (!name.equals("--all")) {
                request.selectors(DiscoverySelectors.selectClass(name));
            }
        }
        LauncherDiscoveryRequest built = request.build();
        LauncherFactory.create().execute(built, listener);
        System.out.println("\nPASSED " + listener.passed);
        System.exit(listener.failed ? 1 : 0);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.FAILED) {
            failed = true;
            System.out.println("\nFAILED " + test.getLegacyReportingName());
            if (!all) {
                // The servers that tests started end with the program.
                System.exit(1);
            }
        } else if (test.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
            passed++;
        }
    }
}
