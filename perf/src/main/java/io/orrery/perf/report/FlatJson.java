package io.orrery.perf.report;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;

/**
 * JSON without nesting: an object, or a list of objects, of numbers, text, truth values and null. Written the same in every locale and on
 * every platform; read strictly.
 */
final class FlatJson {
    private static final JsonFactory FACTORY = JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private FlatJson() {
    }

    static void write(final Path file, final Map<String, ?> object) throws IOException {
        final StringWriter text = new StringWriter();
        try (JsonGenerator generator = generator(text)) {
            writeObject(generator, object);
        }
        Files.writeString(file, text.append("\n").toString(), StandardCharsets.UTF_8);
    }

    static void write(final Path file, final List<? extends Map<String, ?>> objects) throws IOException {
        final StringWriter text = new StringWriter();
        try (JsonGenerator generator = generator(text)) {
            generator.writeStartArray();
            for (final Map<String, ?> object : objects) {
                writeObject(generator, object);
            }
            generator.writeEndArray();
        }
        Files.writeString(file, text.append("\n").toString(), StandardCharsets.UTF_8);
    }

    /** Numbers come as Long or Double. Fails with file, line and reason. */
    static List<Map<String, Object>> readList(final Path file) throws IOException {
        try (JsonParser parser = FACTORY.createParser(Files.readString(file, StandardCharsets.UTF_8))) {
            expect(parser, parser.nextToken(), JsonToken.START_ARRAY);
            final List<Map<String, Object>> objects = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                objects.add(readObject(parser));
            }
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "nothing may follow the list");
            }
            return objects;
        } catch (final JsonProcessingException fault) {
            throw new IOException(file + ", line " + (fault.getLocation() == null ? 1 : fault.getLocation().getLineNr()) + ": "
                + fault.getOriginalMessage(), fault);
        }
    }

    private static Map<String, Object> readObject(final JsonParser parser) throws IOException {
        expect(parser, parser.currentToken(), JsonToken.START_OBJECT);
        final Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            final String name = parser.currentName();
            final JsonToken value = parser.nextToken();
            object.put(name, switch (value) {
                case VALUE_STRING -> parser.getText();
                case VALUE_NUMBER_INT -> parser.getLongValue();
                case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
                case VALUE_TRUE -> true;
                case VALUE_FALSE -> false;
                case VALUE_NULL -> null;
                default -> throw new JsonParseException(parser, name + " must be a number, text, true, false or null");
            });
        }
        return object;
    }

    private static void expect(final JsonParser parser, final JsonToken found, final JsonToken wanted) throws JsonParseException {
        if (found != wanted) {
            throw new JsonParseException(parser, (found == null ? "end of file" : found.asString()) + " where " + wanted.asString()
                + " must be");
        }
    }

    private static JsonGenerator generator(final StringWriter text) throws IOException {
        final DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        final DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(indenter);
        printer.indentObjectsWith(indenter);
        return FACTORY.createGenerator(text).setPrettyPrinter(printer);
    }

    private static void writeObject(final JsonGenerator generator, final Map<String, ?> object) throws IOException {
        generator.writeStartObject();
        for (final Map.Entry<String, ?> field : object.entrySet()) {
            generator.writeFieldName(field.getKey());
            writeValue(generator, field.getValue());
        }
        generator.writeEndObject();
    }

    private static void writeValue(final JsonGenerator generator, final Object value) throws IOException {
        switch (value) {
            case null -> generator.writeNull();
            case final Boolean truth -> generator.writeBoolean(truth);
            case final Integer number -> generator.writeNumber(number);
            case final Long number -> generator.writeNumber(number);
            case final Number number -> writeDouble(generator, number.doubleValue());
            default -> generator.writeString(value.toString());
        }
    }

    private static void writeDouble(final JsonGenerator generator, final double value) throws IOException {
        // JSON knows neither NaN nor infinity: not measured is null.
        if (Double.isFinite(value)) {
            generator.writeNumber(value);
        } else {
            generator.writeNull();
        }
    }
}
