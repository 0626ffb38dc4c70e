package io.orrery.client;

/**
 * What a frame says beside its entities. A flyweight: each client has one and overwrites it with each frame.
 *
 * <p>Writing thread: the client's. Numbers that wrap on the wire are unwrapped here: they only go up.
 */
public final class FrameEnvelope {
    private long frameNumber;
    private long slot;
    private long lastCommand;
    private int commandAge;
    private int timeFactorPercent;
    private int lostSlotCount;
    private int bodyLength;

    FrameEnvelope() {
    }

    /**
     * Number of the frame.
     *
     * @return counts frames to this client from 1, with gaps where some were lost.
     */
    public long frameNumber() {
        return frameNumber;
    }

    /**
     * World tick that the frame shows.
     *
     * @return slot; its low 32 bits are the server's.
     */
    public long slot() {
        return slot;
    }

    /**
     * Newest command that the server has applied.
     *
     * @return sequence from 1, 0 for none yet.
     */
    public long lastCommand() {
        return lastCommand;
    }

    /**
     * Slots since {@link #lastCommand()} was applied: at the start of slot - age, whose step already moves with it.
     *
     * @return 0 to 65,535, which means that or more.
     */
    public int commandAge() {
        return commandAge;
    }

    /**
     * Speed of world time.
     *
     * @return 100 for real time.
     */
    public int timeFactorPercent() {
        return timeFactorPercent;
    }

    /**
     * Slots of world time that the partition never ran.
     *
     * @return low 16 bits of the count.
     */
    public int lostSlotCount() {
        return lostSlotCount;
    }

    /**
     * Length of the bit-packed body.
     *
     * @return bytes.
     */
    public int bodyLength() {
        return bodyLength;
    }

    FrameEnvelope numbers(final long number, final long worldSlot, final int length) {
        frameNumber = number;
        slot = worldSlot;
        bodyLength = length;
        return this;
    }

    FrameEnvelope command(final long sequence, final int age) {
        lastCommand = sequence;
        commandAge = age;
        return this;
    }

    FrameEnvelope time(final int factorPercent, final int lostSlots) {
        timeFactorPercent = factorPercent;
        lostSlotCount = lostSlots;
        return this;
    }
}
