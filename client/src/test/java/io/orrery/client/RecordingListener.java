package io.orrery.client;

import java.util.ArrayList;
import java.util.List;

/** Keeps what a client says, as text. */
final class RecordingListener implements ClientListener {
    final List<String> lines = new ArrayList<>();
    final List<ClientFault> faults = new ArrayList<>();

    private boolean isPaused;

    Pause pause() {
        isPaused = true;
        return () -> isPaused = false;
    }

    @Override
    public void onStateChange(final ClientState state) {
        lines.add(state.name());
    }

    @Override
    public void onEnter(final ReplicatedEntity entity) {
        if (isPaused) {
            return;
        }
        lines.add("enter " + entity.entityId());
    }

    @Override
    public void onLeave(final long entityId) {
        if (isPaused) {
            return;
        }
        lines.add("leave " + entityId);
    }

    @Override
    public void onFrame(final FrameEnvelope frame) {
        if (isPaused) {
            return;
        }
        lines.add("frame " + frame.frameNumber() + " slot " + frame.slot()
            + " command " + frame.lastCommand() + " age " + frame.commandAge() + " time " + frame.timeFactorPercent()
            + " lost " + frame.lostSlotCount());
    }

    @Override
    public void onFault(final ClientFault fault) {
        faults.add(fault);
    }

    /** Until ended, nothing but faults and states is kept. */
    interface Pause {
        void end();
    }
}
