package io.orrery.transport.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.orrery.platform.config.OneLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns bytes into maps, lists, texts, numbers as text, flags and nulls, refusing whatever is not plain strict JSON. */
final class JsonParsing {
    private static final int NUMBER_LENGTH_MAX = 40;
    private static final int NAME_LENGTH_MAX = 128;

    // No canonical names: a hostile sender's field names must not fill a table that outlives the request.
    private static final JsonFactory FACTORY = JsonFactory.builder()
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .streamReadConstraints(StreamReadConstraints.builder()
            .maxNestingDepth(JsonObject.DEPTH_MAX)
            .maxNumberLength(NUMBER_LENGTH_MAX)
            .maxNameLength(NAME_LENGTH_MAX)
            .maxStringLength(JsonObject.LENGTH_MAX)
            .build())
        .build();

    private JsonParsing() {
    }

    /** A number as it was written; its reader decides which kind it wants. */
    record Number(String text) {
    }

    static Map<String, Object> object(final byte[] utf8, final int lengthMax) {
        if (utf8.length > lengthMax) {
            throw new JsonFault("length", Integer.toString(utf8.length), "must be at most " + lengthMax + " bytes");
        }
        final String text = decoded(utf8);
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonFault("the body must be a JSON object");
            }
            final Map<String, Object> root = readObject(parser, "");
            if (parser.nextToken() != null) {
                throw new JsonFault("the body must end after its JSON object");
            }
            return root;
        } catch (final StreamConstraintsException e) {
            throw new JsonFault("the body must nest at most " + JsonObject.DEPTH_MAX + " deep, with numbers of at most " + NUMBER_LENGTH_MAX
                + " and field names of at most " + NAME_LENGTH_MAX + " characters");
        } catch (final JsonProcessingException e) {
            final JsonLocation location = e.getLocation();
            throw new JsonFault("the body must be JSON"
                + (location == null ? "" : "; fault at line " + location.getLineNr() + ", column " + location.getColumnNr()));
        } catch (final IOException e) {
            throw new JsonFault("the body must be JSON");
        }
    }

    private static String decoded(final byte[] utf8) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (final CharacterCodingException e) {
            throw new JsonFault("the body must be UTF-8");
        }
    }

    private static Map<String, Object> readObject(final JsonParser parser, final String path) throws IOException {
        final Map<String, Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            final String name = parser.currentName();
            final String fieldPath = path + OneLine.of(name);
            parser.nextToken();
            final Object value = readValue(parser, fieldPath);
            if (fields.containsKey(name)) {
                throw new JsonFault(fieldPath, shown(value), "must be given once only");
            }
            fields.put(name, value);
        }
        return fields;
    }

    private static Object readValue(final JsonParser parser, final String path) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> readObject(parser, path + ".");
            case START_ARRAY -> readArray(parser, path);
            case VALUE_STRING -> paired(parser.getText(), path);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Number(parser.getText());
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            default -> throw new JsonFault("the body must be JSON");
        };
    }

    private static List<Object> readArray(final JsonParser parser, final String path) throws IOException {
        final List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(readValue(parser, path + "[" + elements.size() + "]"));
        }
        return elements;
    }

    /** An escaped half of a surrogate pair is legal JSON, but no text: it could not be stored or sent back. */
    private static String paired(final String text, final String path) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isHighSurrogate(text.charAt(i)) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(text.charAt(i))) {
                throw new JsonFault(path, "****", "must hold no half of a surrogate pair");
            }
        }
        return text;
    }

    static String shown(final Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> OneLine.of(text);
            case Number number -> number.text();
            case Map<?, ?> fields -> "an object";
            case List<?> elements -> "a list of " + elements.size();
            default -> value.toString();
        };
    }
}
