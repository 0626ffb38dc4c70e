package io.orrery.transport.http.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class JsonObjectTest {
    private static final String[] KNOWN = {"name", "count", "ratio", "isOn", "inner", "tags", "list", "kind", "password"};

    @Test
    void shouldReadEveryType() {
        final JsonObject object = read("""
            {"name":"Zo\\u00eb 🦊","count":-7,"ratio":1.5e2,"isOn":true,"inner":{"name":"x"},"tags":["a","b"],"list":[{"name":"y"}],
            "kind":"red","password":null}""");

        assertThat(object.text("name", 1, 5)).isEqualTo("Zoë 🦊");
        assertThat(object.wholeNumber("count", -10, 10)).isEqualTo(-7);
        assertThat(object.decimal("ratio", 0, 1000)).isEqualTo(150);
        assertThat(object.flag("isOn")).isTrue();
        assertThat(object.object("inner", "name").text("name", 1, 1)).isEqualTo("x");
        assertThat(object.texts("tags", 2, 1, 1)).isEqualTo(List.of("a", "b"));
        assertThat(object.objects("list", 1, "name").getFirst().text("name", 1, 1)).isEqualTo("y");
        assertThat(object.choice("kind", "red", "green")).isEqualTo("red");
        assertThat(object.has("password")).isFalse();
        assertThat(object.text("password", 1, 2, "none")).isEqualTo("none");
        assertThat(read("{}").wholeNumber("count", 0, 9, 4)).isEqualTo(4);
        assertThat(read("{}").flag("isOn", true)).isTrue();
    }

    @Test
    void shouldNameFieldValueAndBound() {
        final JsonObject object = read("{\"name\":\"a\\nb\",\"count\":1.0,"
            + "\"inner\":{\"name\":[1]},\"tags\":[\"a\",3],\"password\":\"hunter2\"}");

        fault(() -> object.text("name", 1, 2)).hasMessage("name=a\\nb, must be a text of 1..2 characters");
        fault(() -> object.wholeNumber("count", 0, 9)).hasMessage("count=1.0, must be a whole number in 0..9");
        fault(() -> object.object("inner", "name").text("name", 0, 1))
            .hasMessage("inner.name=a list of 1, must be a text of 0..1 characters");
        fault(() -> object.texts("tags", 9, 0, 1)).hasMessage("tags[1]=3, must be a text of 0..1 characters");
        fault(() -> object.texts("tags", 1, 0, 1)).hasMessage("tags=a list of 2, must be a list of at most 1");
        fault(() -> object.secret("password", 8, 64)).hasMessage("password=****, must be a text of 8..64 characters");
        fault(() -> object.flag("isOn")).hasMessage("isOn=null, must be true or false");
        fault(() -> object.object("inner")).hasMessage("inner.name=****, must not be given: no field is known here");
        fault(() -> object.choice("kind", "red")).hasMessage("kind=null, must be one of red");
    }

    @Test
    void shouldRefuseNumbersThatDoNotFit() {
        fault(() -> read("{\"count\":9223372036854775808}").wholeNumber("count", 0, Long.MAX_VALUE))
            .hasMessageStartingWith("count=9223372036854775808, must be a whole number");
        fault(() -> read("{\"ratio\":1e999}").decimal("ratio", 0, Double.MAX_VALUE)).hasMessageStartingWith("ratio=1e999");
        fault(() -> read("{\"count\":" + "1".repeat(41) + "}")).hasMessageContaining("numbers of at most 40");
    }

    @Test
    void shouldRefuseWhatIsDoubledUnknownDeepOrLong() {
        fault(() -> read("{\"name\":1,\"name\":2}")).hasMessage("name=2, must be given once only");
        fault(() -> read("{\"inner\":{\"a\":1,\"a\":2}}")).hasMessage("inner.a=2, must be given once only");
        fault(() -> read("{\"nmae\":1}")).hasMessageStartingWith("nmae=****, must be a known field: name, count");
        fault(() -> read("{\"inner\":" + "[".repeat(40) + "]".repeat(40) + "}")).hasMessageContaining("nest at most 16");
        fault(() -> JsonObject.read("{\"name\":\"abc\"}".getBytes(StandardCharsets.UTF_8), 10, "name"))
            .hasMessage("length=14, must be at most 10 bytes");
        fault(() -> read("{\"" + "n".repeat(200) + "\":1}")).hasMessageContaining("field names of at most 128");
    }

    @Test
    void shouldRefuseWhatIsNotStrictJson() {
        for (final String text : List.of("", "[]", "1", "{", "{}x", "{} {}", "{'name':1}", "{name:1}", "{\"count\":01}", "{\"count\":NaN}",
            "{\"count\":+1}", "{\"name\":\"a\u0001\"}", "{\"tags\":[1,]}", "{/**/}", "\u0000", "{\"name\":tru}", "{\"name\":\"\\x\"}")) {
            fault(() -> read(text)).extracting(fault -> ((JsonFault) fault).field()).isNull();
        }
        fault(() -> JsonObject.read(new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'}, 100)).hasMessage("the body must be UTF-8");
        fault(() -> JsonObject.read("{}".getBytes(StandardCharsets.UTF_16), 100)).hasMessage("the body must be UTF-8");
        fault(() -> read("{\"name\":\"\\ud800x\"}")).hasMessage("name=****, must hold no half of a surrogate pair");
    }

    @Test
    void shouldThrowNothingElseWhenBytesAreRandomOrCutOff() {
        final long seed = 7_770L;
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        final byte[] valid = "{\"name\":\"a\\u0041\",\"count\":12,\"inner\":{\"tags\":[true,null,1.5]}}".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 4_000; i++) {
            final byte[] bytes = valid.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            tryRead(bytes);
        }
        for (int length = 0; length < valid.length; length++) {
            final byte[] cut = new byte[length];
            System.arraycopy(valid, 0, cut, 0, length);
            fault(() -> JsonObject.read(cut, 1000, KNOWN));
        }
    }

    @Test
    void shouldWriteWhatCanBeReadAgain() {
        final byte[] bytes = new JsonWriter().field("name", "é\"\n").field("count", 5).field("ratio", Double.NaN).field("isOn", false)
            .object("inner").field("a", 1.5).end().list("tags").element("x").element(3).object().field("b", (String) null).toBytes();

        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo("{\"name\":\"é\\\"\\n\",\"count\":5,\"ratio\":null,\"isOn\":false,"
            + "\"inner\":{\"a\":1.5},\"tags\":[\"x\",3,{\"b\":null}]}");
        assertThat(JsonObject.read(bytes, 1000, KNOWN).text("name", 1, 9)).isEqualTo("é\"\n");
    }

    private static void tryRead(final byte[] bytes) {
        try {
            JsonObject.read(bytes, 1000, KNOWN);
        } catch (final JsonFault expected) {
            assertThat(expected.getMessage()).doesNotContain("\n");
        }
    }

    private static JsonObject read(final String text) {
        return JsonObject.read(text.getBytes(StandardCharsets.UTF_8), 100_000, KNOWN);
    }

    private static AbstractThrowableAssert<?, ?> fault(final ThrowingCallable call) {
        return assertThatThrownBy(call).isInstanceOf(JsonFault.class);
    }
}
