package io.orrery.app;

/**
 * The environment lacks something that only its owner can mend: a port is in use, a folder cannot be written to. The command line prints
 * the message as one line, without a stack trace, and ends with {@link ExitCode#ENVIRONMENT}.
 */
public final class EnvironmentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates a fault.
     *
     * @param message one line: what, its value, what is needed.
     * @param cause what was thrown; null if nothing was.
     */
    public EnvironmentException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
