package io.orrery.transport.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.transport.frame.ReplicatedField;
import io.orrery.transport.frame.ReplicationSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Holds docs/protocol.md and the schemas together: the tables are made from the schemas, and the document must hold each to the letter. */
class ProtocolDocumentTest {
    private static final Path ROOT = Path.of(System.getProperty("orrery.root"));
    private static final Map<String, Integer> LENGTHS =
        Map.of("uint8", 1, "uint16", 2, "uint32", 4, "uint64", 8, "CommandKind", 1, "RefusalCode", 1);

    @Test
    void shouldHoldEveryMessageWhenComparedWithTheSchema() throws Exception {
        final String document = document();
        final Element schema = DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(ROOT.resolve("transport/wire/src/main/resources/sbe/orrery-messages.xml").toFile()).getDocumentElement();

        final List<String> tables = new ArrayList<>();
        for (final Element message : childrenOf(schema, "sbe:message")) {
            tables.add(messageTable(message));
        }
        for (final Element types : childrenOf(schema, "types")) {
            for (final Element choices : childrenOf(types, "enum")) {
                tables.add(enumTable(choices));
            }
        }

        assertThat(tables).hasSize(7);
        for (final String table : tables) {
            assertThat(document).contains(table);
        }
    }

    @Test
    void shouldHoldEveryReplicatedFieldWhenComparedWithTheSchema() throws IOException {
        final ReplicationSchema schema = ReplicationSchema.STANDARD;

        final StringBuilder table = new StringBuilder("| index | field | unit | bits | sent | seen by |\n|---|---|---|---|---|---|\n");
        for (int i = 0; i < schema.fieldCount(); i++) {
            final ReplicatedField field = schema.field(i);
            table.append("| ").append(i).append(" | ").append(field.name()).append(" | ").append(field.unit()).append(" | ")
                .append(field.bitCount()).append(" | ").append(field.isConstant() ? "on enter" : "on enter and update").append(" | ")
                .append(field.visibility()).append(" |\n");
        }

        assertThat(document()).contains(table.toString()).contains("0x%016X".formatted(schema.hash()));
    }

    private static String messageTable(final Element message) {
        final StringBuilder table = new StringBuilder();
        table.append("### ").append(message.getAttribute("name")).append(" (template ").append(message.getAttribute("id")).append(")\n\n")
            .append(message.getAttribute("description")).append(".\n\n")
            .append("| offset | length | field | type | meaning |\n|---|---|---|---|---|\n");
        int offset = fields(message, 0, table);
        for (final Element group : childrenOf(message, "group")) {
            row(table, offset++, 1, group.getAttribute("name") + ".blockLength", "uint8", "Bytes of an entry");
            row(table, offset++, 1, group.getAttribute("name") + ".numInGroup", "uint8", "Entries, " + group.getAttribute("description"));
            table.append("| then | | | | for each entry: |\n");
            fields(group, 0, table);
        }
        for (final Element data : childrenOf(message, "data")) {
            row(table, offset, 2, data.getAttribute("name") + ".length", "uint16", "Bytes that follow");
            table.append("| ").append(offset + 2).append(" | .. | ").append(data.getAttribute("name")).append(" | bytes | ")
                .append(data.getAttribute("description")).append(" |\n");
        }
        return table.toString();
    }

    private static int fields(final Element parent, final int from, final StringBuilder table) {
        int offset = from;
        for (final Element field : childrenOf(parent, "field")) {
            final int length = LENGTHS.get(field.getAttribute("type"));
            row(table, offset, length, field.getAttribute("name"), field.getAttribute("type"), field.getAttribute("description"));
            offset += length;
        }
        return offset;
    }

    private static void row(
        final StringBuilder table, final int offset, final int length, final String name, final String type, final String meaning) {
        table.append("| ").append(offset).append(" | ").append(length).append(" | ").append(name).append(" | ").append(type).append(" | ")
            .append(meaning).append(" |\n");
    }

    private static String enumTable(final Element choices) {
        final StringBuilder table = new StringBuilder();
        table.append("| ").append(choices.getAttribute("name")).append(" | value | meaning |\n|---|---|---|\n");
        for (final Element value : childrenOf(choices, "validValue")) {
            table.append("| ").append(value.getAttribute("name")).append(" | ").append(value.getTextContent()).append(" | ")
                .append(value.getAttribute("description")).append(" |\n");
        }
        return table.toString();
    }

    private static List<Element> childrenOf(final Element parent, final String tag) {
        final List<Element> children = new ArrayList<>();
        final NodeList nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i).getNodeType() == Node.ELEMENT_NODE && nodes.item(i).getNodeName().equals(tag)) {
                children.add((Element) nodes.item(i));
            }
        }
        return children;
    }

    private static String document() throws IOException {
        return Files.readString(ROOT.resolve("docs/protocol.md"));
    }
}
