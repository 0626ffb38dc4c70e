package io.orrery.transport.frame;

import io.orrery.platform.config.Ranges;

/**
 * One field of an entity's replicated state: a whole number of so many steps.
 *
 * @param name stable, part of the schema's hash.
 * @param unit of one step, part of the schema's hash.
 * @param bitCount 1 to 30; values run from 0 to 2^bitCount - 1.
 * @param isConstant sent when an entity enters and never again.
 * @param visibility who may see it.
 */
public record ReplicatedField(String name, String unit, int bitCount, boolean isConstant, Visibility visibility) {
    /** Who may see a field. */
    public enum Visibility {
        /** Every client in whose interest the entity is. */
        EVERYONE,
        /** The client whose character the entity is. */
        OWNER
    }

    /** Checks the bounds. */
    public ReplicatedField {
        Ranges.required("name", name);
        Ranges.required("unit", unit);
        Ranges.required("visibility", visibility);
        Ranges.check(name + ".bitCount", bitCount, 1, 30);
    }

    /**
     * Highest value.
     *
     * @return 2^bitCount - 1.
     */
    public int valueMax() {
        return (1 << bitCount) - 1;
    }
}
