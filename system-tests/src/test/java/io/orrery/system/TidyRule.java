package io.orrery.system;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The house rules that neither the compiler nor Checkstyle knows. Each returns what breaks it, as {@code path:line: reason}. */
enum TidyRule {
    /** Systems are a function of state, tick and inputs: no clock, no unseeded random, nothing whose result differs between machines. */
    DETERMINISTIC_WORLD {
        @Override
        void check(final SourceFile file, final List<String> findings) {
            if (isWorldMain(file)) {
                final String code = JavaText.code(file.text());
                findings.addAll(file.findings(code, CLOCK_OR_RANDOM, "clock or random not handed in"));
                if (!TABLE_CLASS.matcher(file.name()).matches()) {
                    findings.addAll(file.findings(code, TRANSCENDENTAL, "differs between machines, take it from a table class"));
                }
            }
        }
    },
    /** A tick neither waits nor allocates; threads belong to launchers. Asking which thread this is remains allowed: owners do. */
    QUIET_TICK {
        @Override
        void check(final SourceFile file, final List<String> findings) {
            if (isWorldMain(file)) {
                findings.addAll(file.findings(JavaText.code(file.text()), THREAD_OR_GARBAGE, "not in world-core"));
            }
        }
    },
    /** Nothing is left for later in the source: it is an issue or it is done. */
    NOTHING_LEFT_FOR_LATER {
        @Override
        void check(final SourceFile file, final List<String> findings) {
            findings.addAll(file.findings(file.text(), LEFT_FOR_LATER, "left for later"));
        }
    },
    /** A fault is handled, or a comment says why it may be dropped. */
    NO_EMPTY_CATCH {
        @Override
        void check(final SourceFile file, final List<String> findings) {
            if (file.isJava()) {
                findings.addAll(file.findings(JavaText.codeAndComments(file.text()), EMPTY_CATCH, "empty catch"));
            }
        }
    },
    /** A test runs everywhere, or is deleted. */
    NO_SKIPPED_TEST {
        @Override
        void check(final SourceFile file, final List<String> findings) {
            if (file.isJava()) {
                findings.addAll(file.findings(JavaText.code(file.text()), SKIPPED_TEST, "skipped test"));
            }
        }
    },
    /** Each package says what lives there, which thread runs it, and what it may import. */
    PACKAGES_SAY_WHO_AND_WHAT {
        @Override
        void check(final SourceFile file, final List<String> findings) {
            if (file.name().equals("package-info.java")) {
                require(file, PURPOSE, "a first sentence that says what lives here", findings);
                require(file, THREAD, "a sentence that says which thread runs it (Runs on, Called by)", findings);
                require(file, IMPORTS, "a sentence with 'May import'", findings);
            }
        }
    },
    /** The tree means the same on every machine. */
    NO_MACHINE_OF_OURS {
        @Override
        void check(final SourceFile file, final List<String> findings) {
            findings.addAll(file.findings(file.text(), MACHINE_PATH, "path of one machine"));
            findings.addAll(file.findings(file.text(), REGISTRY_HOST, "host of a package registry"));
        }
    },
    /** Past 600 lines a file has two subjects. */
    SHORT_FILES {
        @Override
        void check(final SourceFile file, final List<String> findings) {
            if (CODE.matcher(file.name()).matches() && file.lineCount() > LINES_MAX) {
                findings.add(file.path() + ":" + file.lineCount() + ": more than " + LINES_MAX + " lines");
            }
        }
    },
    /** What is not in the root pom is not built and not tested. */
    EVERY_MODULE_IS_BUILT {
        @Override
        List<String> findings(final List<SourceFile> files) {
            final TreeSet<String> present = new TreeSet<>();
            final TreeSet<String> listed = new TreeSet<>();
            for (final SourceFile file : files) {
                if (file.path().equals("pom.xml")) {
                    MODULE.matcher(file.text()).results().map(MODULE_NAME).forEach(listed::add);
                } else if (file.path().endsWith("/pom.xml") && !file.path().contains("/src/")) {
                    present.add(file.path().substring(0, file.path().length() - "/pom.xml".length()));
                }
            }
            final List<String> findings = new ArrayList<>();
            present.stream().filter(module -> !listed.contains(module)).forEach(
                module -> findings.add(module + "/pom.xml:1: module is missing in the root pom"));
            listed.stream().filter(module -> !present.contains(module)).forEach(
                module -> findings.add("pom.xml:1: module " + module + " does not exist"));
            return findings;
        }
    };

    /** Most lines of a file of code. */
    static final int LINES_MAX = 600;

    // Words that the rules look for are put together here, so that this file keeps them.
    private static final Pattern CLOCK_OR_RANDOM = Pattern.compile(
        "\\bSystem\\s*\\.\\s*(nanoTime|currentTimeMillis)\\b|\\bMath\\s*\\.\\s*random\\b|\\bnew\\s+(Secure)?Random\\b"
            + "|\\bThreadLocalRandom\\b|\\bUUID\\b|\\bidentityHashCode\\b");
    // StrictMath is defined to the last bit, so it is left alone.
    private static final Pattern TRANSCENDENTAL = Pattern.compile("\\bMath\\s*\\.\\s*"
        + "(sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|exp|expm1|log|log10|log1p|pow|cbrt|hypot|fma|toRadians|toDegrees)\\s*\\(");
    private static final Pattern TABLE_CLASS = Pattern.compile("\\w*Tables?\\.java");
    private static final Pattern THREAD_OR_GARBAGE = Pattern.compile(
        "\\bThread\\s*\\.\\s*(?!currentThread\\b|onSpinWait\\b)\\w+|\\bnew\\s+Thread\\b|\\bsynchronized\\b|\\bjava\\.util\\.stream\\b"
            + "|\\.(parallelS|s)tream\\s*\\(|\\bString\\s*\\.\\s*format\\b|\\.formatted\\s*\\(|\\bSystem\\s*\\.\\s*(out|err)\\b");
    private static final Pattern LEFT_FOR_LATER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b");
    private static final Pattern EMPTY_CATCH = Pattern.compile("\\bcatch\\s*\\([^)]*\\)\\s*\\{\\s*\\}");
    private static final Pattern SKIPPED_TEST = Pattern.compile(
        "@Disabled\\w*|\\bAssumptions\\b|\\bassume(True|False|That|ThatCode)\\s*\\(");
    private static final Pattern PURPOSE = Pattern.compile("(?s)^/\\*\\*\\s*\\*\\s+\\p{Lu}((?!\\.\\s).){20,}?\\.\\s");
    private static final Pattern THREAD = Pattern.compile("\\b(Runs|Called\\s+(\\*\\s+)?by|[Tt]hreads?)\\b");
    private static final Pattern IMPORTS = Pattern.compile("\\bMay\\s+(\\*\\s+)?import\\b");
    private static final Pattern MACHINE_PATH = Pattern.compile(
        "(?<![\\w.$}~/-])/(wor" + "k|far" + "m|roo" + "t|hom" + "e/\\w+|User" + "s/\\w+)/[\\w.]+");
    private static final Pattern REGISTRY_HOST = Pattern.compile("\\b(repo1?\\.mav" + "en\\.|registry\\.np" + "mjs\\.|pyp" + "i\\.org"
        + "|deb\\.deb" + "ian\\.org|proxy\\.gol" + "ang\\.|files\\.pythonhos" + "ted\\.)");
    private static final Pattern CODE = Pattern.compile(".*\\.(java|sh|py|js|ts|vue)|orrery");
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Function<MatchResult, String> MODULE_NAME = result -> result.group(1).strip();

    /** What breaks this rule in a whole tree. */
    List<String> findings(final List<SourceFile> files) {
        final List<String> findings = new ArrayList<>();
        for (final SourceFile file : files) {
            check(file, findings);
        }
        return findings;
    }

    /** Adds what breaks this rule in one file. Rules that need the whole tree override {@link #findings(List)}. */
    void check(final SourceFile file, final List<String> findings) {
    }

    private static boolean isWorldMain(final SourceFile file) {
        return file.isJava() && file.path().startsWith("world-core/src/main/");
    }

    private static void require(final SourceFile file, final Pattern pattern, final String what, final List<String> findings) {
        if (!pattern.matcher(file.text()).find()) {
            findings.add(file.path() + ":1: lacks " + what);
        }
    }
}
