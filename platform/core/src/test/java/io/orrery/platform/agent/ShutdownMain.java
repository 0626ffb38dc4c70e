package io.orrery.platform.agent;

import java.util.concurrent.CountDownLatch;

/** A process that waits for its end, for {@link ShutdownTest}. */
final class ShutdownMain {
    private ShutdownMain() {
    }

    public static void main(final String[] arguments) throws InterruptedException {
        final Shutdown shutdown = Shutdown.install(Integer.parseInt(arguments[1]));
        System.out.println("ready");
        if ("exits".equals(arguments[0])) {
            Thread.ofPlatform().daemon().start(() -> System.exit(9));
        }
        shutdown.await();
        if ("hangs".equals(arguments[0])) {
            System.out.println("draining");
            new CountDownLatch(1).await();
        }
        System.out.println("drained");
        shutdown.close();
        System.exit(7);
    }
}
