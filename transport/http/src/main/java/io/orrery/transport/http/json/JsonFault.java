package io.orrery.transport.http.json;

/**
 * A fault in JSON that somebody sent. Its message is one line that names field, value and bound; it is the sender's to mend and carries
 * no stack trace.
 */
public final class JsonFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String value;
    private final String bound;

    JsonFault(final String message) {
        super(message, null, false, false);
        field = null;
        value = null;
        bound = null;
    }

    JsonFault(final String field, final String value, final String bound) {
        super(field + "=" + value + ", " + bound, null, false, false);
        this.field = field;
        this.value = value;
        this.bound = bound;
    }

    /**
     * Which field is at fault.
     *
     * @return its path, such as {@code character.name}; null if the text as a whole is at fault.
     */
    public String field() {
        return field;
    }

    /**
     * What was given.
     *
     * @return the value on one line, masked if it is a secret; null if the text as a whole is at fault.
     */
    public String value() {
        return value;
    }

    /**
     * What is allowed.
     *
     * @return text that begins with {@code must}; null if the text as a whole is at fault.
     */
    public String bound() {
        return bound;
    }
}
