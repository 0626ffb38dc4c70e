package io.orrery.platform.agent;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes SIGINT and SIGTERM away from the JVM, which would end the process with an exit code of its own while the main thread still works.
 *
 * <p>{@code sun.misc.Signal} is the only way to do so (module jdk.unsupported). It is reached by reflection because the compiler warns of
 * the class whatever is declared, and warnings are errors here. A JVM without it, or with {@code -Xrs}, is served by the shutdown hook.
 */
final class ProcessSignals implements AutoCloseable {
    private static final String[] NAMES = {"INT", "TERM"};

    private final List<Runnable> undos = new ArrayList<>();

    private ProcessSignals() {
    }

    /** Calls the handler with the signal's name, on a thread of the signal's own, for each signal received until this is closed. */
    static ProcessSignals handle(final Consumer<String> handler) {
        final ProcessSignals signals = new ProcessSignals();
        for (final String name : NAMES) {
            signals.handle(name, handler);
        }
        return signals;
    }

    /** Gives the signals back to whoever had them. */
    @Override
    public void close() {
        undos.forEach(Runnable::run);
        undos.clear();
    }

    private void handle(final String name, final Consumer<String> handler) {
        try {
            final Class<?> signalClass = Class.forName("sun.misc.Signal");
            final Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
            final Object signal = signalClass.getConstructor(String.class).newInstance(name);
            final Object proxy = Proxy.newProxyInstance(handlerClass.getClassLoader(), new Class<?>[] {handlerClass},
                (self, method, arguments) -> onCall(self, method, arguments, name, handler));
            final Method handle = signalClass.getMethod("handle", signalClass, handlerClass);
            final Object previous = handle.invoke(null, signal, proxy);
            undos.add(() -> restore(handle, signal, previous));
        } catch (final ReflectiveOperationException | IllegalArgumentException refused) {
            // No such class or signal here (-Xrs, another JVM): the shutdown hook does what it can.
            undos.add(() -> { });
        }
    }

    private static void restore(final Method handle, final Object signal, final Object previous) {
        try {
            handle.invoke(null, signal, previous);
        } catch (final IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a signal handler could be set but not restored", e);
        }
    }

    private static Object onCall(
        final Object self, final Method method, final Object[] arguments, final String name, final Consumer<String> handler) {
        return switch (method.getName()) {
            case "handle" -> {
                handler.accept(name);
                yield null;
            }
            case "equals" -> self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            default -> "handler of SIG" + name;
        };
    }
}
