package io.orrery.game.egress;

import io.orrery.transport.message.codec.RefusalCode;

/** Hears on the network thread what leaves it for clients. */
public interface EgressListener {
    /**
     * A frame is on its way.
     *
     * @param connectionId of the transport.
     * @param partition that owned the client's character.
     * @param appliedSequence newest command applied to it, 0 for none.
     */
    void onFrame(long connectionId, int partition, long appliedSequence);

    /**
     * A client's character is not in the world.
     *
     * @param connectionId of the transport.
     * @param code why the client is to be sent away.
     */
    void onGone(long connectionId, RefusalCode code);
}
