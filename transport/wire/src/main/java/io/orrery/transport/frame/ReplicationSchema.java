package io.orrery.transport.frame;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Which fields of an entity clients are told, at which precision. Both ends drive their codec from it, so that they cannot differ unseen:
 * the hash is compared when a client connects.
 *
 * <p>Immutable; shared by all threads.
 */
public final class ReplicationSchema {
    /** Index of the game object kind in a state row. */
    public static final int KIND = 0;
    /** Index of the east-west position, in centimetres from the western edge, in a state row. */
    public static final int X = 1;
    /** Index of the north-south position, in centimetres from the southern edge, in a state row. */
    public static final int Y = 2;
    /** The schema of the world as it stands. */
    public static final ReplicationSchema STANDARD = new ReplicationSchema(List.of(
        new ReplicatedField("kind", "1", 4, true, ReplicatedField.Visibility.EVERYONE),
        new ReplicatedField("x", "cm", 23, false, ReplicatedField.Visibility.EVERYONE),
        new ReplicatedField("y", "cm", 23, false, ReplicatedField.Visibility.EVERYONE)));

    private static final long FNV_OFFSET_BASIS = 0xCBF2_9CE4_8422_2325L;
    private static final long FNV_PRIME = 0x100_0000_01B3L;

    private final ReplicatedField[] fields;
    private final long hash;

    /**
     * Creates a schema.
     *
     * @param fields in the order of a state row, 1 to 32.
     */
    public ReplicationSchema(final List<ReplicatedField> fields) {
        if (fields.isEmpty() || fields.size() > 32) {
            throw new IllegalArgumentException("fields.size=" + fields.size() + ", must be in 1..32");
        }
        this.fields = fields.toArray(new ReplicatedField[0]);
        hash = hashOf(canonicalText());
    }

    /**
     * Number of fields, which is the length of a state row.
     *
     * @return 1 to 32.
     */
    public int fieldCount() {
        return fields.length;
    }

    /**
     * One field.
     *
     * @param index 0 to {@link #fieldCount()}, exclusive.
     * @return its description.
     */
    public ReplicatedField field(final int index) {
        return fields[index];
    }

    /**
     * The text that is hashed: a line {@code name unit bitCount const|delta visibility} for each field.
     *
     * @return lines joined by line feeds.
     */
    public String canonicalText() {
        final StringBuilder text = new StringBuilder();
        for (final ReplicatedField field : fields) {
            text.append(field.name()).append(' ').append(field.unit()).append(' ').append(field.bitCount()).append(' ')
                .append(field.isConstant() ? "const" : "delta").append(' ').append(field.visibility()).append('\n');
        }
        return text.toString();
    }

    /**
     * FNV-1a, 64 bits, of {@link #canonicalText()} in UTF-8.
     *
     * @return equal on both ends exactly when the schemas are.
     */
    public long hash() {
        return hash;
    }

    private static long hashOf(final String text) {
        long value = FNV_OFFSET_BASIS;
        for (final byte b : text.getBytes(StandardCharsets.UTF_8)) {
            value = (value ^ (b & 0xFF)) * FNV_PRIME;
        }
        return value;
    }
}
