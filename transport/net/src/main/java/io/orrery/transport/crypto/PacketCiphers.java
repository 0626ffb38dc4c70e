package io.orrery.transport.crypto;

/** Makes packet ciphers: libsodium if it loads on this machine, else the JDK's. */
public final class PacketCiphers {
    private static final String NATIVE_REFUSAL = probeNative();

    private PacketCiphers() {
    }

    /**
     * Makes the fastest cipher that works here.
     *
     * @return a cipher for one thread; its {@link PacketCipher#name()} says which one it is.
     */
    public static PacketCipher create() {
        return isNativeAvailable() ? new SodiumPacketCipher() : new JdkPacketCipher();
    }

    /**
     * Makes the libsodium cipher.
     *
     * @return a cipher for one thread, free of garbage.
     * @throws UnsupportedOperationException saying why libsodium did not load.
     */
    public static PacketCipher createNative() {
        if (!isNativeAvailable()) {
            throw new UnsupportedOperationException(NATIVE_REFUSAL);
        }
        return new SodiumPacketCipher();
    }

    /**
     * Makes the JDK's cipher.
     *
     * @return a cipher for one thread; makes garbage on every call.
     */
    public static PacketCipher createJdk() {
        return new JdkPacketCipher();
    }

    /**
     * Whether libsodium loaded.
     *
     * @return true if {@link #create()} makes the native cipher.
     */
    public static boolean isNativeAvailable() {
        return NATIVE_REFUSAL.isEmpty();
    }

    /**
     * Why libsodium did not load.
     *
     * @return one line, or empty if it did.
     */
    public static String nativeRefusal() {
        return NATIVE_REFUSAL;
    }

    private static String probeNative() {
        try {
            return SodiumLibrary.VERSION.isEmpty() ? "libsodium: no version" : "";
        } catch (final LinkageError e) {
            final Throwable cause = e.getCause() == null ? e : e.getCause();
            return String.valueOf(cause.getMessage());
        }
    }
}
