package io.orrery.transport.netcode;

/** Something that a {@link TimerWheel} calls once it is due; a link of the wheel's lists, so that scheduling makes no object. */
public abstract class WheelTimer {
    WheelTimer previous;
    WheelTimer next;
    int bucket = TimerWheel.UNSCHEDULED;

    /** Creates a timer that is not scheduled. */
    protected WheelTimer() {
    }

    /**
     * The time has come. The timer is no longer scheduled and may schedule itself again.
     *
     * @param nowNs monotonic nanoseconds.
     */
    protected abstract void onTimer(long nowNs);
}
