package io.orrery.transport.http.tls;

import io.orrery.platform.config.ConfigurationException;
import io.orrery.platform.config.OneLine;
import io.orrery.platform.config.Ranges;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.SystemEpochClock;

/**
 * Configuration of {@link TlsMaterial}: either a data folder in which development files are made, or an operator's certificate and key.
 *
 * <p>Not thread safe; owned by the launcher until concluded, read-only afterwards.
 */
public final class TlsContext {
    /** Days before the end of a certificate from which {@link TlsMaterial#warning()} speaks, when nothing is said. */
    public static final int WARNING_DAYS_DEFAULT = 21;
    /** Most names a development certificate may carry besides localhost. */
    public static final int NAME_COUNT_MAX = 32;
    private static final int WARNING_DAYS_MAX = 365;
    private static final Pattern HOST_NAME = Pattern.compile("(?=.{1,253}$)[A-Za-z0-9*]([A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9A-Fa-f:]+");

    private Path developmentFolder;
    private Path certificateFile;
    private Path keyFile;
    private List<String> names = List.of();
    private int warningDays = WARNING_DAYS_DEFAULT;
    private EpochClock clock = SystemEpochClock.INSTANCE;
    private boolean isConcluded;

    /**
     * Sets the folder in which the development authority and certificate are kept, and made at first start.
     *
     * @param folder is made if it is absent.
     * @return this, for chaining.
     */
    public TlsContext developmentFolder(final Path folder) {
        checkOpen();
        developmentFolder = folder;
        return this;
    }

    /**
     * Sets the operator's certificate.
     *
     * @param file PEM: the server's certificate, then those that issued it.
     * @return this, for chaining.
     */
    public TlsContext certificateFile(final Path file) {
        checkOpen();
        certificateFile = file;
        return this;
    }

    /**
     * Sets the operator's private key.
     *
     * @param file PEM, not encrypted, for the owner's eyes alone (mode 0600 or 0400).
     * @return this, for chaining.
     */
    public TlsContext keyFile(final Path file) {
        checkOpen();
        keyFile = file;
        return this;
    }

    /**
     * Sets what a development certificate is for, besides localhost, 127.0.0.1 and ::1.
     *
     * @param hostNames host names and IP addresses, at most {@link #NAME_COUNT_MAX}.
     * @return this, for chaining.
     */
    public TlsContext names(final List<String> hostNames) {
        checkOpen();
        names = List.copyOf(hostNames);
        return this;
    }

    /**
     * Sets from when on the end of a certificate is warned of.
     *
     * @param days before its end, 1 to 365.
     * @return this, for chaining.
     */
    public TlsContext warningDays(final int days) {
        checkOpen();
        warningDays = days;
        return this;
    }

    /**
     * Sets the clock that certificates are compared with.
     *
     * @param epochClock milliseconds since 1970.
     * @return this, for chaining.
     */
    public TlsContext clock(final EpochClock epochClock) {
        checkOpen();
        clock = epochClock;
        return this;
    }

    /**
     * Checks every value and the relations between them, then freezes this context.
     *
     * @return this, for chaining.
     * @throws ConfigurationException naming the value and what it must be; the context stays open.
     */
    public TlsContext conclude() {
        checkOpen();
        if ((certificateFile == null) != (keyFile == null)) {
            throw new ConfigurationException(
                "certificateFile=" + certificateFile + ", must be set together with keyFile, which is " + keyFile);
        }
        if ((developmentFolder == null) == (certificateFile == null)) {
            throw new ConfigurationException("developmentFolder=" + developmentFolder
                + ", must be set if and only if certificateFile is not, which is " + certificateFile);
        }
        Ranges.check("names.count", names.size(), 0, NAME_COUNT_MAX);
        for (final String name : names) {
            if (!HOST_NAME.matcher(name).matches()) {
                throw new ConfigurationException("names=" + OneLine.of(name) + ", must be host names or IP addresses");
            }
        }
        Ranges.check("warningDays", warningDays, 1, WARNING_DAYS_MAX);
        Ranges.required("clock", clock);
        isConcluded = true;
        return this;
    }

    Path developmentFolder() {
        return developmentFolder;
    }

    Path certificateFile() {
        return certificateFile;
    }

    Path keyFile() {
        return keyFile;
    }

    List<String> names() {
        return names;
    }

    int warningDays() {
        return warningDays;
    }

    EpochClock clock() {
        return clock;
    }

    void checkConcluded() {
        if (!isConcluded) {
            throw new IllegalStateException("TlsContext is not concluded");
        }
    }

    private void checkOpen() {
        if (isConcluded) {
            throw new IllegalStateException("TlsContext is concluded");
        }
    }
}
