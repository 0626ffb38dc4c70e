package io.orrery.platform.config;

/**
 * A fault in what a user configured: always one line that names the property, its value, what is allowed, and where it was given.
 *
 * <p>It is the user's to mend, so launchers print the message alone, without a stack trace.
 */
public final class ConfigurationException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates a fault.
     *
     * @param message one line; text that a user gave has passed through {@link OneLine}.
     */
    public ConfigurationException(final String message) {
        super(message);
    }
}
