package io.orrery.transport.http.json;

import io.orrery.platform.config.OneLine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A JSON object that somebody sent, read field by field with the bounds that each must keep.
 *
 * <p>Immutable, for any thread. Memory: bounded by the length that {@link #read} accepts. A field that is {@code null} counts as not given.
 */
public final class JsonObject {
    /** Most bytes that any reader may allow: 1 MiB. */
    public static final int LENGTH_MAX = 1 << 20;
    /** Deepest nesting of objects and lists. */
    public static final int DEPTH_MAX = 16;
    private static final String MASK = "****";

    private final String path;
    private final Map<String, Object> fields;

    private JsonObject(final String path, final Map<String, Object> fields, final String... known) {
        this.path = path;
        this.fields = fields;
        for (final Map.Entry<String, Object> field : fields.entrySet()) {
            if (!Arrays.asList(known).contains(field.getKey())) {
                throw new JsonFault(path + OneLine.of(field.getKey()), MASK, known.length == 0
                    ? "must not be given: no field is known here" : "must be a known field: " + String.join(", ", known));
            }
        }
    }

    /**
     * Reads an object.
     *
     * @param utf8 the whole text; not kept.
     * @param lengthMax most bytes accepted, 2 to {@link #LENGTH_MAX}.
     * @param known names of all fields the object may have.
     * @return the object.
     * @throws JsonFault if the text is longer, is not UTF-8 or JSON, nests too deep, holds a field twice or an unknown one.
     */
    public static JsonObject read(final byte[] utf8, final int lengthMax, final String... known) {
        return new JsonObject("", JsonParsing.object(utf8, Math.min(lengthMax, LENGTH_MAX)), known);
    }

    /**
     * Whether a field was given.
     *
     * @param name of the field.
     * @return false if it is absent or null.
     */
    public boolean has(final String name) {
        return fields.get(name) != null;
    }

    /**
     * Reads a text.
     *
     * @param name of the field.
     * @param lengthMin fewest characters (code points).
     * @param lengthMax most characters (code points).
     * @return the text.
     * @throws JsonFault if it is absent, no text, or outside its bounds.
     */
    public String text(final String name, final int lengthMin, final int lengthMax) {
        return text(path + name, fields.get(name), lengthMin, lengthMax, false);
    }

    /**
     * Reads a text that may be absent.
     *
     * @param name of the field.
     * @param lengthMin fewest characters (code points).
     * @param lengthMax most characters (code points).
     * @param absent what to return if it is absent; may be null.
     * @return the text.
     * @throws JsonFault if it is no text or outside its bounds.
     */
    public String text(final String name, final int lengthMin, final int lengthMax, final String absent) {
        return has(name) ? text(name, lengthMin, lengthMax) : absent;
    }

    /**
     * Reads a text that no message may show, such as a password.
     *
     * @param name of the field.
     * @param lengthMin fewest characters (code points).
     * @param lengthMax most characters (code points).
     * @return the text.
     * @throws JsonFault if it is absent, no text, or outside its bounds; the value is masked.
     */
    public String secret(final String name, final int lengthMin, final int lengthMax) {
        return text(path + name, fields.get(name), lengthMin, lengthMax, true);
    }

    /**
     * Reads a text that must be one of a few.
     *
     * @param name of the field.
     * @param allowed all it may be.
     * @return the text.
     * @throws JsonFault if it is absent or none of them.
     */
    public String choice(final String name, final String... allowed) {
        final Object value = fields.get(name);
        if (value instanceof String text && Arrays.asList(allowed).contains(text)) {
            return text;
        }
        throw new JsonFault(path + name, JsonParsing.shown(value), "must be one of " + String.join(", ", allowed));
    }

    /**
     * Reads a whole number.
     *
     * @param name of the field.
     * @param min lowest accepted.
     * @param max highest accepted.
     * @return the number.
     * @throws JsonFault if it is absent, no whole number (also {@code 1.0}), or outside its bounds.
     */
    public long wholeNumber(final String name, final long min, final long max) {
        final Object value = fields.get(name);
        if (value instanceof JsonParsing.Number number) {
            try {
                final long parsed = Long.parseLong(number.text());
                if (parsed >= min && parsed <= max) {
                    return parsed;
                }
            } catch (final NumberFormatException e) {
                throw new JsonFault(path + name, number.text(), "must be a whole number in " + min + ".." + max);
            }
        }
        throw new JsonFault(path + name, JsonParsing.shown(value), "must be a whole number in " + min + ".." + max);
    }

    /**
     * Reads a whole number that may be absent.
     *
     * @param name of the field.
     * @param min lowest accepted.
     * @param max highest accepted.
     * @param absent what to return if it is absent.
     * @return the number.
     * @throws JsonFault if it is no whole number or outside its bounds.
     */
    public long wholeNumber(final String name, final long min, final long max, final long absent) {
        return has(name) ? wholeNumber(name, min, max) : absent;
    }

    /**
     * Reads a number that may have a fraction.
     *
     * @param name of the field.
     * @param min lowest accepted, finite.
     * @param max highest accepted, finite.
     * @return the number.
     * @throws JsonFault if it is absent, no number, or outside its bounds.
     */
    public double decimal(final String name, final double min, final double max) {
        final Object value = fields.get(name);
        if (value instanceof JsonParsing.Number number) {
            final double parsed = Double.parseDouble(number.text());
            if (parsed >= min && parsed <= max) {
                return parsed;
            }
        }
        throw new JsonFault(path + name, JsonParsing.shown(value), "must be a number in " + min + ".." + max);
    }

    /**
     * Reads a flag.
     *
     * @param name of the field.
     * @return whether it is true.
     * @throws JsonFault if it is absent or neither true nor false.
     */
    public boolean flag(final String name) {
        final Object value = fields.get(name);
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw new JsonFault(path + name, JsonParsing.shown(value), "must be true or false");
    }

    /**
     * Reads a flag that may be absent.
     *
     * @param name of the field.
     * @param absent what to return if it is absent.
     * @return whether it is true.
     * @throws JsonFault if it is neither true nor false.
     */
    public boolean flag(final String name, final boolean absent) {
        return has(name) ? flag(name) : absent;
    }

    /**
     * Reads an object inside this one.
     *
     * @param name of the field.
     * @param known names of all fields that the inner object may have.
     * @return the inner object; its faults name their fields {@code name.field}.
     * @throws JsonFault if it is absent, no object, or has an unknown field.
     */
    public JsonObject object(final String name, final String... known) {
        return object(path + name, fields.get(name), known);
    }

    /**
     * Reads a list of texts.
     *
     * @param name of the field.
     * @param countMax most elements.
     * @param lengthMin fewest characters (code points) of each.
     * @param lengthMax most characters (code points) of each.
     * @return the texts.
     * @throws JsonFault if it is absent, no list, or any element is no text or outside the bounds.
     */
    public List<String> texts(final String name, final int countMax, final int lengthMin, final int lengthMax) {
        final List<?> elements = list(name, countMax);
        final List<String> texts = new ArrayList<>(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            texts.add(text(path + name + "[" + i + "]", elements.get(i), lengthMin, lengthMax, false));
        }
        return texts;
    }

    /**
     * Reads a list of objects.
     *
     * @param name of the field.
     * @param countMax most elements.
     * @param known names of all fields that each may have.
     * @return the objects.
     * @throws JsonFault if it is absent, no list, or any element is no object or has an unknown field.
     */
    public List<JsonObject> objects(final String name, final int countMax, final String... known) {
        final List<?> elements = list(name, countMax);
        final List<JsonObject> objects = new ArrayList<>(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            objects.add(object(path + name + "[" + i + "]", elements.get(i), known));
        }
        return objects;
    }

    private List<?> list(final String name, final int countMax) {
        final Object value = fields.get(name);
        if (value instanceof List<?> elements && elements.size() <= countMax) {
            return elements;
        }
        throw new JsonFault(path + name, JsonParsing.shown(value), "must be a list of at most " + countMax);
    }

    @SuppressWarnings("unchecked") // the parser makes maps with text keys only
    private static JsonObject object(final String path, final Object value, final String... known) {
        if (value instanceof Map<?, ?> inner) {
            return new JsonObject(path + ".", (Map<String, Object>) inner, known);
        }
        throw new JsonFault(path, JsonParsing.shown(value), "must be an object");
    }

    private static String text(
        final String path, final Object value, final int lengthMin, final int lengthMax, final boolean isSecret) {
        if (value instanceof String text) {
            final int length = text.codePointCount(0, text.length());
            if (length >= lengthMin && length <= lengthMax) {
                return text;
            }
        }
        throw new JsonFault(path, value != null && isSecret ? MASK : JsonParsing.shown(value),
            "must be a text of " + lengthMin + ".." + lengthMax + " characters");
    }
}
