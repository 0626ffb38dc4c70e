package io.orrery.perf.bot;

/** What every bot checks in what the server shows it. */
public enum BotRule {
    /** The own character moves by the movement rule under the commands that frames acknowledge, across handoffs too. */
    MOVEMENT,
    /** What is near for over a second is known. */
    COMPLETENESS,
    /** Nothing is shown that is far away. */
    RANGE,
    /** Slots go forward, acknowledged commands never back and never beyond what was given. */
    PROGRESS,
    /** Frames keep coming while connected, as long as others of the swarm are sent some; a world that stands still may do so for 4 s. */
    FRAME_GAP,
    /** The own character is always among what is shown. */
    OWN_CHARACTER,
    /** Every message can be read and builds on states that the client has. */
    READABLE
}
