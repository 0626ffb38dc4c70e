/**
 * Packet ciphers behind one port: ChaCha20-Poly1305 for packets, XChaCha20-Poly1305 for connect tokens; libsodium where it
 * loads, else the JDK.
 *
 * <p>A cipher belongs to the one thread that uses it. May import the JDK and Agrona, nothing of Orrery.
 */
package io.orrery.transport.crypto;
