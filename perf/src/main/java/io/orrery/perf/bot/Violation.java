package io.orrery.perf.bot;

/**
 * One broken rule, as one bot saw it.
 *
 * @param bot index of the bot.
 * @param slot world tick of its newest frame.
 * @param rule which was broken.
 * @param expected what the rule demands.
 * @param found what was there instead.
 */
public record Violation(int bot, long slot, BotRule rule, String expected, String found) {
    @Override
    public String toString() {
        return "bot=" + bot + " slot=" + slot + " rule=" + rule + " expected: " + expected + "; found: " + found;
    }
}
