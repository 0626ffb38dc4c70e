package io.orrery.transport.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The functions of libsodium that packets and tokens need, bound once per process.
 *
 * <p>The library file comes from a jar on the class path. It is copied into a private folder of its own, loaded, and removed again, so
 * that nobody can swap it between the two. Initialising this class throws {@link UnsupportedOperationException} (inside an
 * {@link ExceptionInInitializerError}) where that is not possible; {@link PacketCiphers} then falls back.
 *
 * <p>Pointers are passed as {@code long}, so that a call makes no object; that is right on every 64-bit system, the only ones accepted.
 */
final class SodiumLibrary {
    static final MethodHandle SEAL;
    static final MethodHandle OPEN;
    static final MethodHandle SEAL_TOKEN;
    static final MethodHandle OPEN_TOKEN;
    static final String VERSION;

    static {
        try {
            final SymbolLookup lookup = load();
            initialise(lookup);
            SEAL = aead(lookup, "crypto_aead_chacha20poly1305_ietf_encrypt");
            OPEN = aead(lookup, "crypto_aead_chacha20poly1305_ietf_decrypt");
            SEAL_TOKEN = aead(lookup, "crypto_aead_xchacha20poly1305_ietf_encrypt");
            OPEN_TOKEN = aead(lookup, "crypto_aead_xchacha20poly1305_ietf_decrypt");
            VERSION = version(lookup);
        } catch (final IOException e) {
            throw new UncheckedIOException("libsodium cannot be unpacked: " + e.getMessage(), e);
        }
    }

    private SodiumLibrary() {
    }

    @SuppressWarnings("restricted")
    private static SymbolLookup load() throws IOException {
        final String resource = resource();
        final Path folder = Files.createTempDirectory("orrery-net-");
        final Path file = folder.resolve(resource.substring(resource.lastIndexOf('/') + 1));
        try (InputStream in = SodiumLibrary.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new UnsupportedOperationException("libsodium: no " + resource + " on the class path");
            }
            Files.copy(in, file);
            return SymbolLookup.libraryLookup(file, Arena.global());
        } finally {
            removeQuietly(file);
            removeQuietly(folder);
        }
    }

    /** A loaded library cannot be removed on Windows while it is in use; there it goes when the process ends. */
    private static void removeQuietly(final Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (final IOException e) {
            path.toFile().deleteOnExit();
        }
    }

    private static String resource() {
        final String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        final String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        final boolean isArm = processor.equals("aarch64");
        final boolean isIntel = processor.equals("amd64") || processor.equals("x86_64");
        if (system.startsWith("linux") && (isIntel || isArm)) {
            return isArm ? "arm64/libsodium.so" : "linux64/libsodium.so";
        }
        if (system.startsWith("mac") && (isIntel || isArm)) {
            return isArm ? "mac_arm/libsodium.dylib" : "mac/libsodium.dylib";
        }
        if (system.startsWith("windows") && isIntel) {
            return "windows64/libsodium.dll";
        }
        throw new UnsupportedOperationException("libsodium: none packed for os.name=" + system + ", os.arch=" + processor);
    }

    @SuppressWarnings("restricted")
    private static MethodHandle aead(final SymbolLookup lookup, final String name) {
        return Linker.nativeLinker().downcallHandle(
            symbol(lookup, name),
            FunctionDescriptor.of(ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG),
            // A call lasts 2 us at most, so that it may hold up a safepoint and save the change of thread state.
            Linker.Option.critical(false));
    }

    @SuppressWarnings("restricted")
    private static void initialise(final SymbolLookup lookup) {
        final MethodHandle init = Linker.nativeLinker().downcallHandle(
            symbol(lookup, "sodium_init"), FunctionDescriptor.of(ValueLayout.JAVA_INT));
        try {
            if ((int) init.invokeExact() < 0) {
                throw new UnsupportedOperationException("libsodium: sodium_init failed");
            }
        } catch (final RuntimeException | Error e) {
            throw e;
        } catch (final Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("restricted")
    private static String version(final SymbolLookup lookup) {
        final MethodHandle version = Linker.nativeLinker().downcallHandle(
            symbol(lookup, "sodium_version_string"), FunctionDescriptor.of(ValueLayout.ADDRESS));
        try {
            return ((MemorySegment) version.invokeExact()).reinterpret(32).getString(0);
        } catch (final RuntimeException | Error e) {
            throw e;
        } catch (final Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static MemorySegment symbol(final SymbolLookup lookup, final String name) {
        return lookup.find(name).orElseThrow(() -> new UnsupportedOperationException("libsodium: no " + name));
    }
}
