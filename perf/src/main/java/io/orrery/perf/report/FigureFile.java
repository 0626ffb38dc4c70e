package io.orrery.perf.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Figures files, {@code perf/results/<set>.json}: a list of flat objects, one for each {@link Figure}, in a stable order of fields. */
public final class FigureFile {
    private static final List<String> FIELDS = List.of("id", "value", "unit", "reference", "reference_value", "ratio", "target", "met",
        "command", "commit", "jdk", "machine", "date");

    private FigureFile() {
    }

    /**
     * Writes a file, its folder too if missing; a file already there is replaced.
     *
     * @param file ends in {@code .json}; its name is the set's.
     * @param figures each with an id of its own.
     * @throws IOException if it cannot be written.
     * @throws IllegalArgumentException if an id comes twice; nothing is written.
     */
    public static void write(final Path file, final List<Figure> figures) throws IOException {
        final List<Map<String, Object>> objects = new ArrayList<>(figures.size());
        final Set<String> ids = new HashSet<>();
        for (final Figure figure : figures) {
            if (!ids.add(figure.id())) {
                throw new IllegalArgumentException("id=" + figure.id() + " comes twice");
            }
            objects.add(fields(figure));
        }
        if (file.getParent() != null) {
            Files.createDirectories(file.getParent());
        }
        FlatJson.write(file, objects);
    }

    /**
     * Puts newly measured figures into a file: those with a known id replace the old ones in place, others follow.
     *
     * @param file need not exist.
     * @param measured each with an id of its own.
     * @throws IOException if it cannot be read or written; it stays as it was.
     */
    public static void update(final Path file, final List<Figure> measured) throws IOException {
        final Map<String, Figure> byId = new LinkedHashMap<>();
        if (Files.exists(file)) {
            for (final Figure figure : read(file)) {
                byId.put(figure.id(), figure);
            }
        }
        for (final Figure figure : measured) {
            byId.put(figure.id(), figure);
        }
        write(file, List.copyOf(byId.values()));
    }

    /**
     * Reads a file, strictly.
     *
     * @param file as {@link #write} makes it.
     * @return in the file's order; unmodifiable.
     * @throws IOException naming file and fault: not JSON, a field that is missing, unknown or of the wrong type, an id that comes twice.
     */
    public static List<Figure> read(final Path file) throws IOException {
        final List<Figure> figures = new ArrayList<>();
        final Set<String> ids = new HashSet<>();
        for (final Map<String, Object> object : FlatJson.readList(file)) {
            final String where = file + ", figure " + (figures.size() + 1) + ": ";
            try {
                figures.add(figure(object));
            } catch (final IllegalArgumentException fault) {
                throw new IOException(where + fault.getMessage(), fault);
            }
            if (!ids.add(figures.getLast().id())) {
                throw new IOException(where + "id=" + figures.getLast().id() + " comes twice");
            }
        }
        return List.copyOf(figures);
    }

    private static Map<String, Object> fields(final Figure figure) {
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", figure.id());
        fields.put("value", figure.value());
        fields.put("unit", figure.unit());
        fields.put("reference", figure.reference());
        fields.put("reference_value", figure.referenceValue());
        fields.put("ratio", figure.ratio());
        fields.put("target", figure.target());
        fields.put("met", figure.met());
        fields.put("command", figure.origin().command());
        fields.put("commit", figure.origin().commit());
        fields.put("jdk", figure.origin().jdk());
        fields.put("machine", figure.origin().machine());
        fields.put("date", figure.origin().date());
        return fields;
    }

    private static Figure figure(final Map<String, Object> fields) {
        for (final String name : FIELDS) {
            if (!fields.containsKey(name)) {
                throw new IllegalArgumentException(name + " is missing");
            }
        }
        for (final String name : fields.keySet()) {
            if (!FIELDS.contains(name)) {
                throw new IllegalArgumentException(name + " is not a field of a figure, must be one of " + FIELDS);
            }
        }
        final Double value = number(fields, "value");
        final FigureOrigin origin = new FigureOrigin(text(fields, "command"), text(fields, "commit"), text(fields, "jdk"),
            text(fields, "machine"), text(fields, "date"));
        return new Figure(text(fields, "id"), value == null ? Double.NaN : value, text(fields, "unit"), text(fields, "reference"),
            number(fields, "reference_value"), number(fields, "ratio"), text(fields, "target"), truth(fields, "met"), origin);
    }

    private static String text(final Map<String, Object> fields, final String name) {
        return typed(fields, name, String.class, "text");
    }

    private static Boolean truth(final Map<String, Object> fields, final String name) {
        return typed(fields, name, Boolean.class, "true or false");
    }

    private static Double number(final Map<String, Object> fields, final String name) {
        final Number number = typed(fields, name, Number.class, "a number");
        return number == null ? null : number.doubleValue();
    }

    private static <T> T typed(final Map<String, Object> fields, final String name, final Class<T> type, final String wanted) {
        final Object value = fields.get(name);
        if (value != null && !type.isInstance(value)) {
            throw new IllegalArgumentException(name + "=" + value + ", must be " + wanted);
        }
        return type.cast(value);
    }
}
