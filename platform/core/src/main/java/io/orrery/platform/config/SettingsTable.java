package io.orrery.platform.config;

import java.util.List;

/** Documents settings as a Markdown table, so that a test can hold the written documentation against the code. */
public final class SettingsTable {
    private SettingsTable() {
    }

    /**
     * Writes one row for each setting.
     *
     * @param settings in the order of the rows.
     * @return the table, each line ended by a line break.
     */
    public static String markdown(final List<Setting> settings) {
        final StringBuilder table = new StringBuilder("| property | default | allowed | what it is for |\n|---|---|---|---|\n");
        for (final Setting setting : settings) {
            table.append("| `").append(setting.name()).append("` | ").append(defaultOf(setting));
            table.append(" | ").append(cell(setting.allowed()));
            table.append(" | ").append(cell(setting.documentation()));
            table.append(setting.isSecret() ? " Secret: never shown." : "").append(" |\n");
        }
        return table.toString();
    }

    private static String defaultOf(final Setting setting) {
        if (setting.defaultText().isEmpty()) {
            return "not set";
        }
        return "`" + (setting.isSecret() ? Settings.MASK : cell(setting.defaultText())) + "`";
    }

    private static String cell(final String text) {
        return text.replace("|", "\\|");
    }
}
