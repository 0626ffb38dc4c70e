package io.orrery.platform.config;

/** What kind of value a {@link Setting} holds, and how its text is written. */
public enum SettingType {
    /** A whole number without a unit: {@code 200}. */
    WHOLE_NUMBER,
    /** A number that may have a fraction, without a unit: {@code 0.5}. */
    DECIMAL,
    /** A time span with its unit: {@code 50ms}, {@code 5s}, {@code 2m}. A bare number is refused. */
    DURATION,
    /** A number of bytes with its unit: {@code 1200b}, {@code 64k}, {@code 1m}. A bare number is refused. */
    BYTES,
    /** Any line of text. */
    TEXT,
    /** One of a fixed list of words. */
    CHOICE,
    /** A file or folder. */
    PATH,
    /** {@code true} or {@code false}. */
    FLAG
}
