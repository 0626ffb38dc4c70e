package io.orrery.platform.config;

/**
 * A value as somebody gave it, not checked yet.
 *
 * @param name of the property it is meant for.
 * @param text the value, as written.
 * @param shownName how a message calls it: the property, or the option that stands for it.
 * @param origin where it was given: an option, {@code system property}, or file and line.
 */
record GivenValue(String name, String text, String shownName, String origin) {
    /** The value, and where it came from unless the shown name says so, as a message begins. Line breaks escaped, secrets masked. */
    String shown(final boolean isSecret) {
        return shownName + "=" + (isSecret ? Settings.MASK : OneLine.of(text));
    }

    /** Where it came from, as a message ends; empty if the shown name says so already. */
    String where() {
        return shownName.equals(origin) ? "" : " (" + origin + ")";
    }
}
