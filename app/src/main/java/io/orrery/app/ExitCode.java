package io.orrery.app;

/** Exit codes of the process. They are documented in {@code usage.txt}; scripts rely on them. */
public final class ExitCode {
    /** All went well. */
    public static final int OK = 0;
    /** It failed, or a bot saw a violation. */
    public static final int FAILED = 1;
    /** Wrong arguments or configuration. */
    public static final int WRONG_ARGUMENTS = 2;
    /** The environment lacks something: a folder that can be written to, a free port, a part of the build. */
    public static final int ENVIRONMENT = 3;

    private ExitCode() {
    }
}
