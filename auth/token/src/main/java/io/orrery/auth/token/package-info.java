/**
 * Tokens of accounts as pure values: access tokens, login tokens, refresh tokens, and the keys that sign and encrypt them.
 *
 * <p>Runs on whichever thread calls it, mostly virtual threads that serve HTTP requests; no class here does I/O or starts a thread.
 * May import {@code platform}, Agrona and the JDK's cryptography.
 */
package io.orrery.auth.token;
