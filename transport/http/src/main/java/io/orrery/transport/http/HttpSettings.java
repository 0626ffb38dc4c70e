package io.orrery.transport.http;

import io.orrery.platform.config.ConfigurationException;
import io.orrery.platform.config.Setting;
import io.orrery.platform.config.Settings;
import io.orrery.transport.http.tls.TlsContext;
import io.orrery.transport.http.tls.TlsMaterial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The settings that every HTTPS server has, under the name of its component: {@code orrery.<component>.http.*}. Immutable. */
public final class HttpSettings {
    /** Folder below a data folder in which development files are made. */
    public static final String TLS_FOLDER = "tls";
    private static final String MS_MIN = "100ms";
    private static final String MS_MAX = "10m";

    private final String component;
    private final List<Setting> all = new ArrayList<>();
    private final Setting host;
    private final Setting port;
    private final Setting plainLoopback;
    private final Setting certificateFile;
    private final Setting keyFile;
    private final Setting tlsNames;
    private final Setting bodyBytesMax;
    private final Setting headerBytesMax;
    private final Setting connectionsMax;
    private final Setting connectionsPerAddressMax;
    private final Setting requestsInFlightMax;
    private final Setting headersLimit;
    private final Setting bodyLimit;
    private final Setting responseLimit;
    private final Setting idleLimit;
    private final Setting drainLimit;
    private final Setting readinessLead;

    /**
     * Declares the settings of a server.
     *
     * @param component such as {@code auth}, lower case.
     * @param portDefault port when nothing is said, 0 to 65,535.
     */
    public HttpSettings(final String component, final int portDefault) {
        this.component = component;
        final String prefix = "orrery." + component + ".http.";
        host = add(Setting.text(prefix + "host", "127.0.0.1", 1, 255, "Name or address of the interface to listen on."));
        port = add(Setting.wholeNumber(prefix + "port", portDefault, 0, 65_535, "Port to listen on; 0 takes any free one."));
        plainLoopback = add(Setting.flag(prefix + "plain-loopback", false, "Plain HTTP without TLS, on a loopback address only."));
        certificateFile = add(Setting.path(prefix + "certificate-file", "",
            "Certificate chain in PEM; when not set, development files are made in the data folder."));
        keyFile = add(Setting.path(prefix + "key-file", "", "Private key of the certificate in PEM, mode 0600."));
        tlsNames = add(Setting.text(prefix + "tls-names", "", 0, 4096,
            "Names and addresses for the development certificate besides localhost, separated by commas."));
        bodyBytesMax = add(Setting.bytes(prefix + "body-bytes-max", "64k", "0b", "1m", "Longest body of a request."));
        headerBytesMax = add(Setting.bytes(prefix + "header-bytes-max", "16k", "1k", "64k", "Longest headers of a request."));
        connectionsMax = add(Setting.wholeNumber(prefix + "connections-max", 4096, 1, 65_536, "Open connections; more of them wait."));
        connectionsPerAddressMax = add(Setting.wholeNumber(prefix + "connections-per-address-max", 1024, 1, 65_536,
            "Open connections of one address or IPv6 /64; more of them are closed."));
        requestsInFlightMax = add(Setting.wholeNumber(prefix + "requests-in-flight-max", 512, 1, 65_536,
            "Requests with their handlers; more of them are refused with 503."));
        headersLimit = add(Setting.duration(prefix + "headers-limit", "10s", MS_MIN, MS_MAX,
            "Time for a TLS handshake, and for the headers of a request."));
        bodyLimit = add(Setting.duration(prefix + "body-limit", "15s", MS_MIN, MS_MAX, "Time for the body of a request."));
        responseLimit = add(Setting.duration(prefix + "response-limit", "30s", MS_MIN, MS_MAX, "Time for a client to take its response."));
        idleLimit = add(Setting.duration(prefix + "idle-limit", "60s", MS_MIN, MS_MAX,
            "Time without a request before a connection is closed."));
        drainLimit = add(Setting.duration(prefix + "drain-limit", "5s", "0s", MS_MAX, "Time for requests in flight to finish at the end."));
        readinessLead = add(Setting.duration(prefix + "readiness-lead", "0s", "0s", MS_MAX,
            "Time between readiness going down and the first refused request."));
    }

    /**
     * All settings, to be made known to {@link Settings}.
     *
     * @return in the order in which they are documented.
     */
    public List<Setting> all() {
        return List.copyOf(all);
    }

    /**
     * A context with everything that is set, certificate included; routes, ports and error handler are still to be added.
     *
     * @param settings that know {@link #all()}.
     * @param dataFolder below which development files are made, shared by all servers of a machine.
     * @return a context that is not concluded.
     * @throws ConfigurationException one line if certificate or key are not usable.
     */
    public HttpServerContext context(final Settings settings, final Path dataFolder) {
        final HttpServerContext context = new HttpServerContext().name(component)
            .host(settings.text(host)).port((int) settings.wholeNumber(port)).plainLoopback(settings.isOn(plainLoopback));
        context.limits()
            .bodyBytesMax((int) settings.bytes(bodyBytesMax))
            .headerBytesMax((int) settings.bytes(headerBytesMax))
            .connectionsMax((int) settings.wholeNumber(connectionsMax))
            .connectionsPerAddressMax((int) settings.wholeNumber(connectionsPerAddressMax))
            .requestsInFlightMax((int) settings.wholeNumber(requestsInFlightMax))
            .handshakeLimitMs(ms(settings, headersLimit))
            .headersLimitMs(ms(settings, headersLimit))
            .bodyLimitMs(ms(settings, bodyLimit))
            .responseLimitMs(ms(settings, responseLimit))
            .idleLimitMs(ms(settings, idleLimit))
            .drainLimitMs(ms(settings, drainLimit))
            .readinessLeadMs(ms(settings, readinessLead));
        if (!settings.isOn(plainLoopback)) {
            context.tls(TlsMaterial.open(tls(settings, dataFolder).conclude()));
        }
        return context;
    }

    private TlsContext tls(final Settings settings, final Path dataFolder) {
        final TlsContext tls = new TlsContext();
        if (!settings.isSet(certificateFile) && !settings.isSet(keyFile)) {
            final List<String> names = new ArrayList<>();
            for (final String name : settings.text(tlsNames).split(",")) {
                if (!name.isBlank()) {
                    names.add(name.strip());
                }
            }
            return tls.developmentFolder(dataFolder.resolve(TLS_FOLDER)).names(names);
        }
        return tls.certificateFile(settings.isSet(certificateFile) ? settings.path(certificateFile) : null)
            .keyFile(settings.isSet(keyFile) ? settings.path(keyFile) : null);
    }

    private Setting add(final Setting setting) {
        all.add(setting);
        return setting;
    }

    private static long ms(final Settings settings, final Setting duration) {
        return TimeUnit.NANOSECONDS.toMillis(settings.durationNs(duration));
    }
}
