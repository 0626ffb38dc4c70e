package io.orrery.world.tick;

/** A step threw, so that what was being stepped has stopped for good. Goes to the error handler of the agent that ran the step. */
public final class TickFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TickFault(final String message, final Throwable cause) {
        super(message, cause);
    }
}
