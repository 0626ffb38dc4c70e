package io.orrery.transport.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes one JSON object. Fields come out in the order of the calls; the outermost object is open from the start and closed by
 * {@link #toBytes()}.
 *
 * <p>Used by one thread, once.
 */
public final class JsonWriter {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int LENGTH_EXPECTED = 256;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(LENGTH_EXPECTED);
    private final JsonGenerator generator;

    /** A step of writing to memory. */
    private interface Step {
        void run() throws IOException;
    }

    /** Opens an object. */
    public JsonWriter() {
        try {
            generator = FACTORY.createGenerator(bytes);
            generator.writeStartObject();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes a text.
     *
     * @param name of the field.
     * @param value the text; null is written as null.
     * @return this, for chaining.
     */
    public JsonWriter field(final String name, final String value) {
        return write(() -> generator.writeStringField(name, value));
    }

    /**
     * Writes a whole number.
     *
     * @param name of the field.
     * @param value the number.
     * @return this, for chaining.
     */
    public JsonWriter field(final String name, final long value) {
        return write(() -> generator.writeNumberField(name, value));
    }

    /**
     * Writes a number.
     *
     * @param name of the field.
     * @param value the number; what is not finite is written as null.
     * @return this, for chaining.
     */
    public JsonWriter field(final String name, final double value) {
        return write(() -> {
            if (Double.isFinite(value)) {
                generator.writeNumberField(name, value);
            } else {
                generator.writeNullField(name);
            }
        });
    }

    /**
     * Writes a flag.
     *
     * @param name of the field.
     * @param value the flag.
     * @return this, for chaining.
     */
    public JsonWriter field(final String name, final boolean value) {
        return write(() -> generator.writeBooleanField(name, value));
    }

    /**
     * Opens an inner object as a field.
     *
     * @param name of the field.
     * @return this, for chaining.
     */
    public JsonWriter object(final String name) {
        return write(() -> generator.writeObjectFieldStart(name));
    }

    /**
     * Opens an inner object as an element of a list.
     *
     * @return this, for chaining.
     */
    public JsonWriter object() {
        return write(generator::writeStartObject);
    }

    /**
     * Opens a list as a field.
     *
     * @param name of the field.
     * @return this, for chaining.
     */
    public JsonWriter list(final String name) {
        return write(() -> generator.writeArrayFieldStart(name));
    }

    /**
     * Writes a text as an element of a list.
     *
     * @param value the text; null is written as null.
     * @return this, for chaining.
     */
    public JsonWriter element(final String value) {
        return write(() -> generator.writeString(value));
    }

    /**
     * Writes a whole number as an element of a list.
     *
     * @param value the number.
     * @return this, for chaining.
     */
    public JsonWriter element(final long value) {
        return write(() -> generator.writeNumber(value));
    }

    /**
     * Closes the innermost open object or list.
     *
     * @return this, for chaining.
     */
    public JsonWriter end() {
        return write(() -> {
            if (generator.getOutputContext().inArray()) {
                generator.writeEndArray();
            } else {
                generator.writeEndObject();
            }
        });
    }

    /**
     * Closes everything that is open.
     *
     * @return the object in UTF-8.
     */
    public byte[] toBytes() {
        write(generator::close);
        return bytes.toByteArray();
    }

    private JsonWriter write(final Step step) {
        try {
            step.run();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }
}
