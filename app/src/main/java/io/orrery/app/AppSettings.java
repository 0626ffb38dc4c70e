package io.orrery.app;

import io.orrery.game.node.NodeSettings;
import io.orrery.platform.config.Setting;
import java.util.ArrayList;
import java.util.List;

/** Every setting that a configuration file, {@code --set} or a system property may name: the list that documentation is checked against. */
public final class AppSettings {
    /** In the order of the documentation. */
    public static final List<Setting> ALL = all();

    private AppSettings() {
    }

    private static List<Setting> all() {
        final List<Setting> all = new ArrayList<>(DemoSettings.ALL);
        all.addAll(NodeSettings.ALL);
        return List.copyOf(all);
    }
}
