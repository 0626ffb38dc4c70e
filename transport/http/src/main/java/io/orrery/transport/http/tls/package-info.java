/**
 * TLS material of a server: a development authority and certificate made at first start, or an operator's PEM files; checked, loaded,
 * and loaded again on renewal.
 *
 * <p>Runs on the launcher's thread at start and on whichever thread asks for a reload. May import {@code platform.config}, the JDK's TLS
 * and Bouncy Castle.
 */
package io.orrery.transport.http.tls;
