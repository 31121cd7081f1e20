package io.tieout.server.reliability;

import io.tieout.server.Configuration;
import io.tieout.server.Server;
import io.tieout.server.telemetry.Logging;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The platform as a program, told by its environment what to do, as the command has it. It says
/// that it is ready, and stops in order when it is told to; it ends with whoever started it.
final class ServerProgram {
    private static final long LOOK_EVERY_MILLIS = 200;

    private ServerProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
        Logging.install();
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    told.countDown();
                                    await(over);
                                }));
        try (Server server = Server.start(Configuration.of(System.getenv()), "test")) {
            System.out.println("ready " + server.port());
            while (!told.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                if (!parent.isAlive()) {
                    Runtime.getRuntime().halt(1);
                }
            }
        } finally {
            over.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
