package io.orrery.transport.netcode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orrery.transport.crypto.OffHeap;

import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Tokens and packets made by the C implementation. */
final class Vectors {
    /** One packet of the vectors. */
    record Packet(int type, long sequence, String key, int payloadLength, byte[] bytes) {
        @Override
        public String toString() {
            return "type " + type + " sequence " + Long.toUnsignedString(sequence);
        }
    }

    private static final JsonNode ROOT = read();

    private Vectors() {
    }

    static byte[] bytes(final String name) {
        return HexFormat.of().parseHex(ROOT.get(name).asText());
    }

    static UnsafeBuffer buffer(final String name) {
        return OffHeap.copyOf(bytes(name));
    }

    static long hexLong(final String name) {
        return Long.parseUnsignedLong(ROOT.get(name).asText(), 16);
    }

    static long number(final String name) {
        return Long.parseUnsignedLong(ROOT.get(name).asText());
    }

    static List<InetSocketAddress> addresses() {
        final List<InetSocketAddress> addresses = new ArrayList<>();
        for (final JsonNode node : ROOT.get("addresses")) {
            final String text = node.asText();
            final int colon = text.lastIndexOf(':');
            addresses.add(Tokens.address(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1))));
        }
        return addresses;
    }

    static List<Packet> packets() {
        final List<Packet> packets = new ArrayList<>();
        for (final JsonNode node : ROOT.get("packets")) {
            packets.add(new Packet(
                node.get("type").asInt(), Long.parseUnsignedLong(node.get("sequence").asText()), node.get("key").asText(),
                node.get("payload_bytes").asInt(), HexFormat.of().parseHex(node.get("bytes").asText())));
        }
        return packets;
    }

    private static JsonNode read() {
        try (InputStream in = Vectors.class.getResourceAsStream("/netcode102-vectors.json")) {
            return new ObjectMapper().readTree(in);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
