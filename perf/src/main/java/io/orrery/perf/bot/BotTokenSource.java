package io.orrery.perf.bot;

/** Where bots get their connect tokens, as players do from a lobby. Called on the swarm's thread; must not block it. */
@FunctionalInterface
public interface BotTokenSource {
    /**
     * Asks for a fresh token.
     *
     * @param botIndex which bot, from 0; each is a player of its own.
     * @return 2,048 bytes, or null if there is none now: the bot pauses and asks again.
     */
    byte[] connectToken(int botIndex);
}
